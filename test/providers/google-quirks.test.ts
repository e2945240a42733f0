import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FaultAction, FaultMatch } from '../../simulator/google/faults.ts';
import { systemClock } from '../../src/base/time.ts';
import type { EventContent } from '../../src/domain/event-content.ts';
import { eventId } from '../../src/providers/google/mapping.ts';
import { createGoogleProvider } from '../../src/providers/google/provider.ts';
import { createHttpClient, type HttpClient } from '../../src/providers/kit/http-client.ts';
import type { CalendarSession, EventKey, Operation, Outcome, RemoteEvent } from '../../src/sync/provider.ts';
import { visit } from './content.ts';
import { EMAIL, openGoogle, type GoogleSetup } from './google-setup.ts';

/** Written now, or found as an earlier call had left it. */
const SHOWN = { kind: expect.stringMatching(/^(written|unchanged)$/) };

let google: GoogleSetup;
let session: CalendarSession;

beforeEach(async () => {
  google = await openGoogle();
  const { tokens } = await google.connect('dedicated');
  const signal = AbortSignal.timeout(10_000);
  const calendar = await google.provider.openCalendar(tokens.accessToken, 'dedicated', 'VALClean', signal);
  session = { accessToken: tokens.accessToken, calendarId: calendar.id };
  google.simulator.clearRequests();
});
afterEach(() => google.close());

test('a new event is one request, many are one batch', async () => {
  await apply([create()]);
  expect(operations()).toEqual(['events.insert']);
  google.simulator.clearRequests();
  await apply([create(), create(), create()]);
  expect(operations()).toEqual(['batch: events.insert events.insert events.insert']);
});

test('an update reads and writes; many of them take two batches', async () => {
  const first = await created();
  const second = await created();
  google.simulator.clearRequests();
  await apply([update(first, { title: 'Moved' })]);
  expect(operations()).toEqual(['events.get', 'events.update']);
  google.simulator.clearRequests();
  await apply([update(first, { title: 'Again' }), update(second, { title: 'Again' })]);
  expect(operations()).toEqual(['batch: events.get events.get', 'batch: events.update events.update']);
});

test('an update that changes nothing writes nothing', async () => {
  const event = await created();
  google.simulator.clearRequests();
  expect(await apply([update(event, {})])).toMatchObject([{ kind: 'unchanged', event: event.event }]);
  expect(operations()).toEqual(['events.get']);
});

test('nobody is ever notified, and no guest is ever sent', async () => {
  const event = await created();
  await apply([update(event, { title: 'Moved' }), create()]);
  await apply([{ kind: 'delete', ...event }]);
  expect(google.simulator.requests().flatMap(({ flags }) => flags)).toEqual([]);
  for (const { method, path } of google.simulator.requests()) {
    if (method !== 'GET' && !path.startsWith('/batch')) expect(path).toContain('sendUpdates=none');
  }
});

test('what its owner added to an event survives an update', async () => {
  const event = await created();
  const additions = { attendees: [{ email: 'friend@example.com' }], guestsCanModify: true, colorId: '4' };
  google.simulator.edit(EMAIL, session.calendarId, event.event.remoteId, additions);
  await apply([update(event, { title: 'Moved' })]);
  const [seen] = google.simulator.events(EMAIL, session.calendarId);
  expect(seen).toMatchObject({ ...additions, attendees: [{ email: 'friend@example.com' }], summary: 'Moved' });
});

test('our reminder is sent again when our setting changes', async () => {
  const event = await created();
  await apply([update(event, { reminderMinutes: null })]);
  expect(google.simulator.events(EMAIL, session.calendarId)).toMatchObject([{ reminders: { useDefault: true } }]);
});

test('an event that was deleted before its creation was acknowledged stays deleted', async () => {
  const operation = create();
  fault({ operation: 'events.insert' }, { kind: 'drop-after-commit' });
  await apply([operation]);
  google.simulator.remove(EMAIL, session.calendarId, eventId(operation.key));
  expect(await apply([operation])).toEqual([failed({ kind: 'gone', what: 'event' })]);
  expect(google.simulator.events(EMAIL, session.calendarId)).toMatchObject([{ status: 'cancelled' }]);
});

test('an id that somebody else’s event has is a conflict', async () => {
  const operation = create();
  google.simulator.create(EMAIL, session.calendarId, {
    id: eventId(operation.key),
    summary: 'Not ours',
    start: { dateTime: '2026-12-01T09:00:00Z' },
    end: { dateTime: '2026-12-01T10:00:00Z' },
  });
  expect(await apply([operation])).toEqual([failed({ kind: 'conflict', code: 'id_taken' })]);
  expect(google.simulator.events(EMAIL, session.calendarId)).toMatchObject([{ summary: 'Not ours' }]);
});

test('an id whose tombstone Google has cleaned up is a conflict', async () => {
  const operation = create();
  await apply([operation]);
  google.simulator.remove(EMAIL, session.calendarId, eventId(operation.key));
  google.simulator.purgeTombstones(EMAIL, session.calendarId);
  expect(await apply([operation])).toEqual([failed({ kind: 'conflict', code: 'id_taken' })]);
});

test('a change by its owner between reading and writing is merged, not overwritten', async () => {
  const event = await created();
  google.simulator.clearRequests();
  let meanwhile = (): unknown =>
    google.simulator.edit(EMAIL, session.calendarId, event.event.remoteId, { colorId: '9' });
  const http: HttpClient = {
    ...google.http,
    send(request, signal) {
      if (request.method === 'PUT') meanwhile();
      if (request.method === 'PUT') meanwhile = () => undefined;
      return google.http.send(request, signal);
    },
  };
  const provider = createGoogleProvider(google.config, { http, clock: systemClock });
  const outcomes = await provider.apply(session, [update(event, { title: 'Moved' })], AbortSignal.timeout(10_000));
  expect(outcomes).toMatchObject([{ kind: 'written' }]);
  expect(operations()).toEqual(['events.get', 'events.update', 'events.get', 'events.update']);
  expect(google.simulator.events(EMAIL, session.calendarId)).toMatchObject([{ colorId: '9', summary: 'Moved' }]);
});

test('an event that never rests is tried again later', async () => {
  const event = await created();
  for (let time = 0; time < 3; time += 1) {
    fault({ operation: 'events.update' }, { kind: 'answer', status: 412, reason: 'conditionNotMet' });
  }
  expect(await apply([update(event, { title: 'Moved' })])).toMatchObject([
    failed({ kind: 'retry_later', code: 'event_changing', afterMs: null, scope: 'link' }),
  ]);
});

test('one throttled part leaves the others alone', async () => {
  fault({ part: 2 }, { kind: 'answer', status: 403, reason: 'userRateLimitExceeded', domain: 'usageLimits' });
  const outcomes = await apply([create(), create(), create()]);
  expect(outcomes.map(({ kind }) => kind)).toEqual(['written', 'failed', 'written']);
  expect(outcomes[1]).toEqual(
    failed({ kind: 'retry_later', code: 'rate_limited', afterMs: null, scope: 'connection' }),
  );
});

test('once the account was asked to pause, nothing more is sent', async () => {
  const events = await Promise.all([created(), created()]);
  google.simulator.clearRequests();
  fault({ part: 1 }, { kind: 'answer', status: 429, retryAfterSeconds: 2 });
  const outcomes = await apply(events.map((event) => update(event, { title: 'Moved' })));
  const later = failed({ kind: 'retry_later', code: 'rate_limited', afterMs: 2_000, scope: 'connection' });
  expect(outcomes).toEqual([later, later]);
  // The other event was read beside the throttled one; its write was not sent any more.
  expect(operations()).toEqual(['batch: events.get events.get']);
});

test('one lost part concerns itself at most, and nothing is made twice', async () => {
  const batch = [create(), create(), create()];
  fault({ part: 2 }, { kind: 'answer-after-commit', status: 500, reason: 'backendError' });
  const outcomes = await apply(batch);
  expect(outcomes[1]).toEqual(failed({ kind: 'unknown_outcome', code: 'server_error' }));
  expect(await apply(batch)).toMatchObject([SHOWN, SHOWN, SHOWN]);
  expect(google.simulator.events(EMAIL, session.calendarId)).toHaveLength(3);
});

test.each([
  ['a proxy’s page', { kind: 'html' }, { kind: 'unknown_outcome', code: 'server_error' }],
  ['a cut answer', { kind: 'malformed-json' }, { kind: 'unknown_outcome', code: 'answer_unreadable' }],
  ['a closed door', { kind: 'drop' }, { kind: 'unknown_outcome', code: 'connection_lost' }],
  [
    'unavailable',
    { kind: 'answer', status: 503, reason: 'backendError', retryAfterSeconds: 4 },
    { kind: 'retry_later', code: 'unavailable', afterMs: 4_000, scope: 'connection' },
  ],
  [
    'quota of the account',
    { kind: 'answer', status: 403, reason: 'quotaExceeded', domain: 'usageLimits' },
    { kind: 'retry_later', code: 'quota_exceeded', afterMs: 3_600_000, scope: 'connection' },
  ],
  [
    'a clash',
    { kind: 'answer', status: 409, reason: 'conflict' },
    { kind: 'retry_later', code: 'concurrent_change', afterMs: null, scope: 'link' },
  ],
] satisfies [string, FaultAction, object][])('%s while creating', async (_, action, failure) => {
  fault({ operation: 'events.insert' }, action);
  const operation = create();
  expect(await apply([operation])).toEqual([failed(failure)]);
  expect(await apply([operation])).toMatchObject([SHOWN]);
});

test.each([
  ['a proxy’s page', { kind: 'html' }, { kind: 'unknown_outcome', code: 'server_error' }],
  ['a closed door', { kind: 'drop-after-commit' }, { kind: 'unknown_outcome', code: 'connection_lost' }],
  [
    'a refusal',
    { kind: 'answer', status: 400, reason: 'badRequest' },
    { kind: 'operator_error', code: 'batch_refused' },
  ],
] satisfies [string, FaultAction, object][])('%s for a whole batch', async (_, action, failure) => {
  fault({ operation: 'batch' }, action);
  const batch = [create(), create()];
  expect(await apply(batch)).toEqual([failed(failure), failed(failure)]);
  expect(await apply(batch)).toMatchObject([SHOWN, SHOWN]);
});

test('a read that goes wrong before an update leaves nothing open', async () => {
  const event = await created();
  fault({ operation: 'events.get' }, { kind: 'html' });
  expect(await apply([update(event, { title: 'Moved' })])).toEqual([
    failed({ kind: 'retry_later', code: 'server_error', afterMs: null, scope: 'connection' }),
  ]);
});

test('an API that the operator has not switched on disconnects nobody', async () => {
  google.simulator.changeSettings({ apiEnabled: false });
  expect(await apply([create()])).toEqual([failed({ kind: 'operator_error', code: 'api_disabled' })]);
  expect(await apply([create(), create()])).toMatchObject([
    { failure: { kind: 'operator_error' } },
    { failure: { kind: 'operator_error' } },
  ]);
});

test('a grant that does not reach the calendar asks its owner', async () => {
  const [outcome] = await apply([create()], { ...session, calendarId: 'primary' });
  expect(outcome).toMatchObject({ kind: 'failed', failure: { kind: 'reauth_required' } });
});

test('whether the calendar still exists is asked once for all, and without reading events', async () => {
  const events = [await created(), await created(), await created()];
  google.simulator.removeCalendar(EMAIL, session.calendarId);
  google.simulator.clearRequests();
  const outcomes = await apply(events.map((event) => update(event, { title: 'Moved' })));
  for (const outcome of outcomes) expect(outcome).toEqual(failed({ kind: 'gone', what: 'calendar' }));
  expect(operations()).toEqual(['batch: events.get events.get events.get', 'events.list']);
  expect(google.simulator.requests().at(-1)?.path).toContain('fields=kind');
});

test('a calendar whose creation was not answered is not created again', async () => {
  fault({ operation: 'calendars.insert' }, { kind: 'drop-after-commit' });
  const opening = google.provider.openCalendar(session.accessToken, 'dedicated', 'Second', AbortSignal.timeout(10_000));
  await expect(opening).rejects.toMatchObject({ failure: { kind: 'unknown_outcome', code: 'connection_lost' } });
  expect(google.simulator.calendars(EMAIL).filter(({ summary }) => summary === 'Second')).toHaveLength(1);
});

test('the primary calendar is opened without reading an event', async () => {
  const { tokens } = await google.connect('primary');
  google.simulator.clearRequests();
  const signal = AbortSignal.timeout(10_000);
  expect(await google.provider.openCalendar(tokens.accessToken, 'primary', 'VALClean', signal)).toEqual({
    id: 'primary',
    name: EMAIL,
    kind: 'primary',
  });
  expect(google.simulator.requests().map(({ path }) => path)).toEqual([expect.stringContaining('fields=summary')]);
});

test('a server that is not Google cannot make events or calendars disappear', async () => {
  const server = createServer((_, response) =>
    response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not Found</h1>'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const apiBaseUrl = `http://127.0.0.1:${port}/some/prefix/`;
  const http = createHttpClient({ endpoints: [apiBaseUrl] });
  try {
    const provider = createGoogleProvider({ ...google.config, apiBaseUrl }, { http, clock: systemClock });
    const event = { key: newKey(), event: { remoteId: 'vc0', etag: null } };
    for (const operation of [create(), update(event, {}), { kind: 'delete' as const, ...event }]) {
      const [outcome] = await provider.apply(session, [operation], AbortSignal.timeout(10_000));
      expect(outcome).toEqual(failed({ kind: 'operator_error', code: 'unexpected_answer' }));
    }
  } finally {
    await http.close();
    await new Promise((resolve) => server.close(resolve));
  }
});

function newKey(): EventKey {
  return { link: randomUUID(), generation: 1 };
}

function create(change: Partial<EventContent> = {}): Extract<Operation, { kind: 'create' }> {
  return { kind: 'create', key: newKey(), fields: google.provider.normalise(visit(change)) };
}

function update(known: { key: EventKey; event: RemoteEvent }, change: Partial<EventContent>): Operation {
  return { kind: 'update', ...known, fields: google.provider.normalise(visit(change)) };
}

async function created(): Promise<{ key: EventKey; event: RemoteEvent }> {
  const operation = create();
  const [outcome] = await apply([operation]);
  if (outcome?.kind !== 'written') return expect.fail(`not created: ${JSON.stringify(outcome)}`);
  return { key: operation.key, event: outcome.event };
}

function apply(wanted: readonly Operation[], where: CalendarSession = session): Promise<Outcome[]> {
  return google.provider.apply(where, wanted, AbortSignal.timeout(10_000));
}

function fault(match: FaultMatch, action: FaultAction): void {
  google.simulator.faults.add({ match, action });
}

/** What Google was asked, with the parts of batches. */
function operations(): string[] {
  return google.simulator.requests().map(({ operation, parts }) => {
    const inner = parts?.map((part) => part.operation).join(' ');
    return inner === undefined ? String(operation) : `${operation}: ${inner}`;
  });
}

function failed(failure: object): object {
  return { kind: 'failed', failure };
}
