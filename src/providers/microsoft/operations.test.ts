import { expect, test } from 'vitest';
import type { Operation, Outcome } from '../../sync/provider.ts';
import { loadZones } from '../../zones/zones.ts';
import type { ApiAnswer, ApiRequest } from './api.ts';
import { createMapping } from './mapping.ts';
import { transactionId } from './marks.ts';
import { stepsOf } from './operations.ts';
import { loadWindowsZones } from './windows-zones.ts';

// Answers that no simulator gives, because Exchange is not known to.

const mapping = createMapping(loadWindowsZones(loadZones({ only: 'bundled' })));
const AT = new Date('2026-12-01T08:00:00Z');
const FIELDS = mapping.normalise({
  title: 'Deep clean',
  description: '',
  location: '',
  startsWall: '2026-12-01T09:00:00',
  endsWall: '2026-12-01T10:00:00',
  timeZone: 'Europe/Zurich',
  startsAt: AT,
  endsAt: new Date(AT.getTime() + 3_600_000),
  startsTwice: false,
  endsTwice: false,
  busy: true,
  private: true,
  url: null,
  reminderMinutes: 60,
});
const CREATE: Operation = { kind: 'create', key: { link: 'link', generation: 1 }, fields: FIELDS };

const ok = (json: unknown): ApiAnswer => ({ kind: 'answered', status: 200, retryAfterMs: null, json, empty: false });
const refused = (status: number, code: string, more: object = {}): ApiAnswer => ({
  kind: 'answered',
  status,
  retryAfterMs: null,
  json: { error: { code, message: 'text', ...more } },
  empty: false,
});
const MISSING = refused(404, 'ErrorItemNotFound');
const DUPLICATE = refused(409, 'ErrorDuplicateTransactionId', { '@event.existingEventId': 'other' });

/** Plays an operation against answers, one after another. */
function play(operation: Operation, ...answers: ApiAnswer[]): { asked: string[]; outcome: Outcome } {
  const steps = stepsOf(mapping, 'calendar', operation);
  const asked: string[] = [];
  let next = steps.next();
  for (const answer of answers) {
    if (next.done) return expect.fail('it ended early');
    asked.push(nameOf(next.value));
    next = steps.next(answer);
  }
  return next.done ? { asked, outcome: next.value } : expect.fail(`it wants ${nameOf(next.value)}`);
}

function nameOf({ method, path }: ApiRequest): string {
  return `${method} ${path.split('?')[0] ?? ''}`;
}

test('after a lost answer the mark is asked first, and nothing is sent while it can’t be', () => {
  const again = { ...CREATE, repeated: true };
  const throttled = play(again, refused(429, 'ApplicationThrottled'));
  expect(throttled.asked).toEqual(['GET /me/calendars/calendar/events']);
  expect(throttled.outcome).toMatchObject({ failure: { kind: 'retry_later' } });
  const { asked } = play(again, ok({ value: [] }), ok({ nothing: true }));
  expect(asked).toEqual(['GET /me/calendars/calendar/events', 'POST /me/calendars/calendar/events']);
});

test.each([
  ['no answer', { kind: 'unanswered', sent: true, code: 'connection_lost' } as const],
  ['a server’s error', refused(500, 'InternalServerError')],
  ['no reason for being unavailable', refused(503, 'ServiceUnavailable')],
  ['an answer that is none', ok({ nothing: true })],
])('a look-up with %s leaves the creation open, and the account goes on', (_, answer) => {
  const { outcome } = play({ ...CREATE, repeated: true }, answer);
  expect(outcome).toMatchObject({ kind: 'failed', failure: { kind: 'unknown_outcome' } });
});

test('what is found by its mark is brought up to date, not made again', () => {
  const event = ok({ id: 'made', transactionId: transactionId(CREATE.key), subject: 'Something else' });
  const { asked, outcome } = play({ ...CREATE, repeated: true }, ok({ value: [{ id: 'made' }] }), event, event);
  expect(asked).toEqual(['GET /me/calendars/calendar/events', 'GET /me/events/made', 'PATCH /me/events/made']);
  expect(outcome).toMatchObject({ kind: 'written', event: { remoteId: 'made' } });
});

test('an event that is named as ours and is not is left alone, and a new one gets another key', () => {
  const foreign = ok({ id: 'other', transactionId: 'somebody-elses', subject: 'Dentist' });
  const { asked, outcome } = play(CREATE, DUPLICATE, foreign);
  expect(asked).toEqual(['POST /me/calendars/calendar/events', 'GET /me/events/other']);
  expect(outcome).toMatchObject({ kind: 'failed', failure: { kind: 'conflict', code: 'id_taken' } });
});

test('an event that is answered and can’t be read yet is looked at again later', () => {
  const { asked, outcome } = play(CREATE, ok({ id: 'new' }), MISSING, ok({ id: 'calendar' }));
  expect(asked.at(-1)).toBe('GET /me/calendars/calendar');
  expect(outcome).toMatchObject({ failure: { kind: 'retry_later', code: 'event_not_ready', scope: 'link' } });
});

test('a calendar that does not take events yet is tried again', () => {
  const { outcome } = play(CREATE, MISSING, ok({ id: 'calendar' }));
  expect(outcome).toMatchObject({ failure: { kind: 'retry_later', code: 'calendar_not_ready', scope: 'link' } });
});

test('an event whose transaction is spent, in a calendar that is gone, is gone with it', () => {
  const { outcome } = play(CREATE, refused(400, 'ErrorDuplicateTransactionId'), MISSING, MISSING);
  expect(outcome).toMatchObject({ kind: 'failed', failure: { kind: 'gone', what: 'calendar' } });
});

test('an answer that tells nothing leaves a creation open', () => {
  expect(play(CREATE, ok({ nothing: true })).outcome).toEqual({
    kind: 'failed',
    failure: { kind: 'unknown_outcome', code: 'answer_unreadable' },
  });
});

test('ids are percent-encoded, never read', () => {
  const remove: Operation = { kind: 'delete', key: CREATE.key, event: { remoteId: 'AA/k+=?#', etag: null } };
  const { asked } = play(remove, MISSING);
  expect(asked).toEqual(['DELETE /me/events/AA%2Fk%2B%3D%3F%23']);
});

test('a deletion of several finds ends with the first that fails', () => {
  const remove: Operation = { kind: 'delete', key: CREATE.key, event: null };
  const found = ok({ value: [{ id: '1' }, { id: '2' }] });
  expect(play(remove, found, ok(null), ok(null)).outcome).toEqual({ kind: 'deleted' });
  const { outcome } = play(remove, found, refused(403, 'ErrorAccessDenied'));
  expect(outcome).toMatchObject({ failure: { kind: 'reauth_required', code: 'access_forbidden' } });
});
