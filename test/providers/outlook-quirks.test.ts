import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FaultAction as AnyFaultAction, FaultMatch } from '../../simulator/kit/faults.ts';
import type { Refusal } from '../../simulator/microsoft/faults.ts';
import { systemClock } from '../../src/base/time.ts';
import type { EventContent } from '../../src/domain/event-content.ts';
import { createMicrosoftProvider } from '../../src/providers/microsoft/provider.ts';
import { createHttpClient } from '../../src/providers/kit/http-client.ts';
import type {
  CalendarSession,
  EventKey,
  Operation,
  Outcome,
  RemoteEvent,
  TargetCalendar,
} from '../../src/sync/provider.ts';
import { visit } from './content.ts';
import { EMAIL, openOutlook, PERSONAL_EMAIL, zones, type OutlookSetup } from './outlook-setup.ts';

/** Written now, or found as an earlier call had left it. */
const SHOWN = { kind: expect.stringMatching(/^(written|unchanged)$/) };
const GONE = failed({ kind: 'gone', what: 'event' });

type FaultAction = AnyFaultAction<Refusal>;

let outlook: OutlookSetup;
let session: CalendarSession;
let now: Date;

beforeEach(async () => {
  now = new Date();
  outlook = await openOutlook({ clock: { now: () => now } });
  const { tokens } = await outlook.connect('dedicated');
  const calendar = await openCalendar('dedicated', tokens.accessToken);
  session = { accessToken: tokens.accessToken, calendarId: calendar.id };
  outlook.simulator.clearRequests();
});
afterEach(async () => {
  const flags = outlook.simulator.requests().flatMap((request) => request.flags);
  const mails = outlook.simulator.mails();
  await outlook.close();
  // No guest was ever sent, nobody written to, every id asked for as one that lasts, no pause cut short.
  expect(flags).toEqual([]);
  expect(mails).toEqual([]);
});

test('few events go out side by side, from four on they are one batch', async () => {
  await apply([create(), create(), create()]);
  expect(operations()).toEqual(['events.create', 'events.create', 'events.create']);
  outlook.simulator.clearRequests();
  await apply([create(), create(), create(), create()]);
  expect(operations()).toEqual(['batch: events.create events.create events.create events.create']);
});

test('an update reads and writes; many of them take two batches', async () => {
  const known = await createdMany(4);
  outlook.simulator.clearRequests();
  await apply([update(known[0], { title: 'Moved' })]);
  expect(operations()).toEqual(['events.get', 'events.update']);
  outlook.simulator.clearRequests();
  await apply(known.map((event) => update(event, { title: 'Again' })));
  expect(operations()).toEqual([
    `batch: ${'events.get '.repeat(4).trim()}`,
    `batch: ${'events.update '.repeat(4).trim()}`,
  ]);
});

test('two hundred events are ten batches, and never too many at once', async () => {
  for (let batch = 0; batch < 10; batch += 1) {
    const outcomes = await apply(Array.from({ length: 20 }, () => create()));
    expect(outcomes.every(({ kind }) => kind === 'written')).toBe(true);
  }
  expect(operations()).toHaveLength(10);
  expect(events()).toHaveLength(200);
});

test('an update that changes nothing writes nothing, also after Exchange has changed the etag by itself', async () => {
  const event = await created();
  now = new Date(now.getTime() + 10_000);
  const [before] = events();
  expect(before?.['@odata.etag']).not.toBe(event.event.etag);
  outlook.simulator.clearRequests();
  expect(await apply([update(event, {})])).toMatchObject([
    { kind: 'unchanged', event: { remoteId: event.event.remoteId, etag: before?.['@odata.etag'] } },
  ]);
  expect(operations()).toEqual(['events.get']);
  expect(await apply([update(event, { title: 'Moved' })])).toMatchObject([{ kind: 'written' }]);
});

test('only what differs is written, so what its owner added stays', async () => {
  const event = await created();
  const additions = { categories: ['Green category'], importance: 'high' };
  outlook.simulator.edit(EMAIL, event.event.remoteId, additions);
  await apply([update(event, { title: 'Moved' })]);
  expect(events()).toMatchObject([{ ...additions, subject: 'Moved' }]);
});

test('an online meeting that its owner made of an event keeps its body', async () => {
  const event = await created();
  const body = { contentType: 'html', content: '<p>Join the meeting</p>' };
  outlook.simulator.edit(EMAIL, event.event.remoteId, { isOnlineMeeting: true, body });
  expect(await apply([update(event, { description: 'Bring the ladder' })])).toMatchObject([{ kind: 'unchanged' }]);
  await apply([update(event, { title: 'Moved', description: 'Bring the ladder' })]);
  const [seen] = events();
  expect(seen).toMatchObject({ subject: 'Moved' });
  expect(JSON.stringify(seen?.['body'])).toContain('Join the meeting');
});

test('our reminder is sent again when our setting changes; the calendar’s own is Graph’s', async () => {
  const event = await created();
  await apply([update(event, { reminderMinutes: null })]);
  expect(events()).toMatchObject([{ isReminderOn: true, reminderMinutesBeforeStart: 15 }]);
  outlook.simulator.edit(EMAIL, event.event.remoteId, { isReminderOn: false });
  expect(await apply([update(event, { reminderMinutes: null })])).toMatchObject([{ kind: 'unchanged' }]);
});

test('times are sent under the Windows name of their zone', async () => {
  await created();
  expect(events()).toMatchObject([
    {
      originalStartTimeZone: 'W. Europe Standard Time',
      start: { dateTime: '2026-12-01T08:00:00.0000000', timeZone: 'UTC' },
    },
  ]);
});

test('a zone that the mailbox does not know is sent in UTC', async () => {
  const unknown: FaultAction = { kind: 'answer', status: 400, code: 'TimeZoneNotSupportedException' };
  fault({ operation: 'events.create' }, unknown);
  const event = await created();
  expect(operations()).toEqual(['events.create', 'events.create']);
  expect(events()).toMatchObject([
    { originalStartTimeZone: 'UTC', start: { dateTime: '2026-12-01T08:00:00.0000000' } },
  ]);
  expect(await apply([update(event, {})])).toMatchObject([{ kind: 'unchanged' }]);
  fault({ operation: 'events.update' }, unknown);
  const later = { startsWall: '2026-12-01T09:15:00', startsAt: new Date('2026-12-01T08:15:00Z') };
  expect(await apply([update(event, later)])).toMatchObject([{ kind: 'written' }]);
  expect(events()).toMatchObject([{ start: { dateTime: '2026-12-01T08:15:00.0000000' } }]);
});

test.each([
  { status: 409, namesEvent: true, propertyIndexLagMs: 0 },
  { status: 400, namesEvent: true, propertyIndexLagMs: 0 },
  { status: 400, namesEvent: false, propertyIndexLagMs: 0 },
  { status: 409, namesEvent: false, propertyIndexLagMs: 60_000 },
] as const)(
  'a repeated creation finds what the first one made: %o',
  async ({ propertyIndexLagMs, ...duplicateTransaction }) => {
    outlook.simulator.changeSettings({ duplicateTransaction, propertyIndexLagMs });
    const operation = create();
    fault({ operation: 'events.create' }, { kind: 'drop-after-commit' });
    expect(await apply([operation])).toEqual([failed({ kind: 'unknown_outcome', code: 'connection_lost' })]);
    const changed = { ...operation, fields: outlook.provider.normalise(visit({ title: 'Window cleaning' })) };
    expect(await apply([changed])).toMatchObject([{ kind: 'written' }]);
    expect(events()).toMatchObject([{ subject: 'Window cleaning' }]);
    expect(await apply([changed])).toMatchObject([{ kind: 'unchanged' }]);
  },
);

test('a repeated creation that is answered with the first event puts back what its owner changed', async () => {
  const operation = create();
  fault({ operation: 'events.create' }, { kind: 'drop-after-commit' });
  await apply([operation]);
  const [made] = events();
  outlook.simulator.edit(EMAIL, String(made?.['id']), { subject: 'Mine' });
  expect(await apply([operation])).toMatchObject([{ kind: 'written' }]);
  expect(events()).toMatchObject([{ id: made?.['id'], subject: 'Deep clean – Jane Doe' }]);
});

test.each([true, false])(
  'an event that was deleted before its creation was acknowledged stays deleted (named: %s)',
  async (namesEvent) => {
    outlook.simulator.changeSettings({ duplicateTransaction: { status: 409, namesEvent } });
    const operation = create();
    fault({ operation: 'events.create' }, { kind: 'drop-after-commit' });
    await apply([operation]);
    outlook.simulator.remove(EMAIL, String(events()[0]?.['id']));
    expect(await apply([operation])).toEqual([GONE]);
    expect(events()).toEqual([]);
  },
);

test('a creation without an answer is deleted wherever Exchange finds its mark', async () => {
  const operation = create();
  fault({ operation: 'events.create' }, { kind: 'drop-after-commit' });
  await apply([operation]);
  const other = await created();
  expect(await apply([{ kind: 'delete', key: operation.key, event: null }])).toEqual([{ kind: 'deleted' }]);
  expect(events().map(({ id }) => id)).toEqual([other.event.remoteId]);
});

test('an event that its owner moved to another calendar is followed', async () => {
  const event = await created();
  outlook.simulator.move(EMAIL, event.event.remoteId, 'primary');
  expect(await apply([update(event, { title: 'Moved' })])).toMatchObject([{ kind: 'written' }]);
  expect(events('primary')).toMatchObject([{ id: event.event.remoteId, subject: 'Moved' }]);
  expect(await apply([{ kind: 'delete', ...event }])).toEqual([{ kind: 'deleted' }]);
  expect(events('primary')).toEqual([]);
});

test('a conflict that Exchange reports by itself is read again', async () => {
  const event = await created();
  outlook.simulator.clearRequests();
  fault({ operation: 'events.update' }, { kind: 'answer', status: 412 });
  expect(await apply([update(event, { title: 'Moved' })])).toMatchObject([{ kind: 'written' }]);
  expect(operations()).toEqual(['events.get', 'events.update', 'events.get', 'events.update']);
});

test('an event that never rests is tried again later', async () => {
  const event = await created();
  for (let time = 0; time < 3; time += 1) fault({ operation: 'events.update' }, { kind: 'answer', status: 412 });
  expect(await apply([update(event, { title: 'Moved' })])).toEqual([
    failed({ kind: 'retry_later', code: 'event_changing', afterMs: null, scope: 'link' }),
  ]);
});

test('throttled items leave the others alone, and the mailbox rests as long as the longest of them says', async () => {
  const known = await createdMany(4);
  outlook.simulator.clearRequests();
  fault({ part: 2 }, { kind: 'answer', status: 429, retryAfter: 2 });
  fault({ part: 3 }, { kind: 'answer', status: 429, retryAfter: 2.5 });
  const outcomes = await apply([
    update(known[0], { title: 'Moved' }),
    create(),
    create(),
    { kind: 'delete', ...known[1] },
  ]);
  const later = failed({ kind: 'retry_later', code: 'rate_limited', afterMs: 2_500, scope: 'connection' });
  expect(outcomes).toEqual([later, later, later, { kind: 'deleted' }]);
  // The update was read before the throttle was known; its write was not sent any more.
  expect(operations()).toHaveLength(1);
});

test.each(['integer', 'fraction', 'date'] as const)('a pause is understood as %s', async (retryAfterForm) => {
  outlook.simulator.changeSettings({ throttle: { requestsPer10Minutes: 1, retryAfterForm } });
  const outcomes = await apply([create(), create(), create(), create()]);
  const throttled = outcomes.filter(({ kind }) => kind === 'failed');
  expect(throttled.length).toBeGreaterThan(0);
  for (const outcome of throttled) {
    expect(outcome).toMatchObject({ failure: { kind: 'retry_later', code: 'rate_limited', scope: 'connection' } });
    expect(
      outcome.kind === 'failed' && outcome.failure.kind === 'retry_later' && (outcome.failure.afterMs ?? 0),
    ).toBeGreaterThan(500_000);
  }
});

test('a throttled batch that is answered with 424 is read all the same', async () => {
  outlook.simulator.changeSettings({ throttledBatchStatus: 424 });
  fault({ part: 1 }, { kind: 'answer', status: 429, retryAfter: 1 });
  const outcomes = await apply([create(), create(), create(), create()]);
  expect(outcomes.map(({ kind }) => kind)).toEqual(['failed', 'written', 'written', 'written']);
});

test('one lost item concerns itself at most, and nothing is made twice', async () => {
  const batch = [create(), create(), create(), create()];
  fault({ part: 2 }, { kind: 'answer-after-commit', status: 500 });
  const outcomes = await apply(batch);
  expect(outcomes[1]).toEqual(failed({ kind: 'unknown_outcome', code: 'server_error' }));
  expect(await apply(batch)).toMatchObject([SHOWN, SHOWN, SHOWN, SHOWN]);
  expect(events()).toHaveLength(4);
});

test.each([
  ['a proxy’s page', { kind: 'html' }, { kind: 'unknown_outcome', code: 'server_error' }],
  ['a cut answer', { kind: 'malformed-json' }, { kind: 'unknown_outcome', code: 'answer_unreadable' }],
  ['a closed door', { kind: 'drop' }, { kind: 'unknown_outcome', code: 'connection_lost' }],
  ['a store that stumbles', { kind: 'answer', status: 503 }, { kind: 'unknown_outcome', code: 'unavailable' }],
  [
    'a store that kept the event all the same',
    { kind: 'answer-after-commit', status: 503, code: 'ConcurrentItemSave' },
    { kind: 'unknown_outcome', code: 'unavailable' },
  ],
  [
    'a gateway that gave up',
    { kind: 'answer-after-commit', status: 504 },
    { kind: 'unknown_outcome', code: 'server_error' },
  ],
  [
    'a refusal for a time',
    { kind: 'answer', status: 503, retryAfter: 0 },
    { kind: 'retry_later', code: 'unavailable', afterMs: 0, scope: 'connection' },
  ],
  [
    'a mailbox on its way',
    { kind: 'answer', status: 423 },
    { kind: 'retry_later', code: 'mailbox_moving', afterMs: null, scope: 'connection' },
  ],
] satisfies [string, FaultAction, object][])('%s while creating', async (_, action, failure) => {
  fault({ operation: 'events.create' }, action);
  const operation = create();
  expect(await apply([operation])).toEqual([failed(failure)]);
  expect(await apply([operation])).toMatchObject([SHOWN]);
  expect(events()).toHaveLength(1);
});

test.each([
  ['a proxy’s page', { kind: 'html' }, { kind: 'unknown_outcome', code: 'server_error' }],
  ['a closed door', { kind: 'drop-after-commit' }, { kind: 'unknown_outcome', code: 'connection_lost' }],
  ['a refusal', { kind: 'answer', status: 400 }, { kind: 'operator_error', code: 'batch_refused' }],
] satisfies [string, FaultAction, object][])('%s for a whole batch', async (_, action, failure) => {
  fault({ operation: 'batch' }, action);
  const batch = [create(), create(), create(), create()];
  expect(await apply(batch)).toEqual(batch.map(() => failed(failure)));
  expect(await apply(batch)).toMatchObject(batch.map(() => SHOWN));
  expect(events()).toHaveLength(4);
});

test('a read that goes wrong before an update leaves nothing open', async () => {
  const event = await created();
  fault({ operation: 'events.get' }, { kind: 'html' });
  expect(await apply([update(event, { title: 'Moved' })])).toEqual([
    failed({ kind: 'retry_later', code: 'server_error', afterMs: null, scope: 'connection' }),
  ]);
});

test.each([
  [{ mailboxFull: true }, 'mailbox_full'],
  [{ hasMailbox: false }, 'no_mailbox'],
])('a mailbox that takes nothing more (%o) rests for a while and loses nothing', async (switches, code) => {
  outlook.simulator.setAccount(EMAIL, switches);
  expect(await apply([create()])).toEqual([
    failed({ kind: 'retry_later', code, afterMs: 3_600_000, scope: 'connection' }),
  ]);
  outlook.simulator.setAccount(EMAIL, { mailboxFull: false, hasMailbox: true });
  expect(await apply([create()])).toMatchObject([{ kind: 'written' }]);
});

test('whether the calendar still exists is asked once for all, and without reading events', async () => {
  const known = await createdMany(4);
  outlook.simulator.removeCalendar(EMAIL, session.calendarId);
  outlook.simulator.clearRequests();
  const outcomes = await apply(known.map((event) => update(event, { title: 'Moved' })));
  for (const outcome of outcomes) expect(outcome).toEqual(failed({ kind: 'gone', what: 'calendar' }));
  expect(operations()).toEqual([`batch: ${'events.get '.repeat(4).trim()}`, 'calendars.get']);
});

test('a personal account is written to like any other', async () => {
  const { tokens } = await outlook.connect('primary', PERSONAL_EMAIL);
  const calendar = await openCalendar('primary', tokens.accessToken);
  const own = { accessToken: tokens.accessToken, calendarId: calendar.id };
  expect(await apply([create()], own)).toMatchObject([{ kind: 'written' }]);
  expect(outlook.simulator.events(PERSONAL_EMAIL)).toHaveLength(1);
});

test('the primary calendar is opened without reading an event', async () => {
  expect(await openCalendar('primary')).toEqual({ id: 'primary', name: 'Calendar', kind: 'primary' });
  expect(operations()).toEqual(['calendars.get']);
});

test.each([
  ['no mailbox', () => outlook.simulator.setAccount(EMAIL, { hasMailbox: false })],
  ['the token of a guest', () => fault({}, { kind: 'answer', status: 401, emptyBody: true })],
])('connecting an account with %s says so', async (_, prepare) => {
  prepare();
  await expect(openCalendar('primary')).rejects.toMatchObject({ failure: { kind: 'refused', code: 'no_mailbox' } });
});

test('our own calendar is found again, also under another name', async () => {
  expect(await openCalendar('dedicated')).toEqual({ id: session.calendarId, name: 'VALClean', kind: 'dedicated' });
  expect(await openCalendar('dedicated', session.accessToken, 'Sparkle')).toMatchObject({ id: session.calendarId });
  expect(ownCalendars()).toHaveLength(1);
});

test('a calendar of that name that is there already is taken', async () => {
  const { accessToken } = (await outlook.connect('dedicated', PERSONAL_EMAIL)).tokens;
  const id = outlook.simulator.addCalendar(PERSONAL_EMAIL, 'VALClean');
  expect(await openCalendar('dedicated', accessToken)).toEqual({ id, name: 'VALClean', kind: 'dedicated' });
});

test('a calendar whose creation was not answered is found, not made again', async () => {
  const { accessToken } = (await outlook.connect('dedicated', PERSONAL_EMAIL)).tokens;
  fault({ operation: 'calendars.create' }, { kind: 'drop-after-commit' });
  await expect(openCalendar('dedicated', accessToken)).rejects.toMatchObject({
    failure: { kind: 'unknown_outcome', code: 'connection_lost' },
  });
  expect(await openCalendar('dedicated', accessToken)).toMatchObject({ name: 'VALClean' });
  expect(ownCalendars(PERSONAL_EMAIL)).toHaveLength(1);
});

test('the id of a new calendar is the one that lasts', async () => {
  outlook.simulator.changeSettings({ unstableCalendarIds: true });
  const { accessToken } = (await outlook.connect('dedicated', PERSONAL_EMAIL)).tokens;
  const { id } = await openCalendar('dedicated', accessToken);
  expect(ownCalendars(PERSONAL_EMAIL).map((calendar) => calendar['id'])).toEqual([id]);
  expect(await apply([create()], { accessToken, calendarId: id })).toMatchObject([{ kind: 'written' }]);
});

test('a server that is not Graph cannot make events or calendars disappear', async () => {
  const server = createServer((_, response) =>
    response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not Found</h1>'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const graphBaseUrl = `http://127.0.0.1:${port}/some/prefix/`;
  const http = createHttpClient({ endpoints: [graphBaseUrl] });
  try {
    const provider = createMicrosoftProvider({ ...outlook.config, graphBaseUrl }, { http, clock: systemClock, zones });
    const event = { key: newKey(), event: { remoteId: 'AAMk', etag: null } };
    const all = [
      create(),
      update(event, {}),
      { kind: 'delete' as const, ...event },
      { ...event, kind: 'delete' as const, event: null },
    ];
    for (const operation of all) {
      const [outcome] = await provider.apply(session, [operation], AbortSignal.timeout(10_000));
      expect(outcome).toEqual(failed({ kind: 'operator_error', code: 'unexpected_answer' }));
    }
  } finally {
    await http.close();
    await new Promise((resolve) => server.close(resolve));
  }
});

interface Known {
  key: EventKey;
  event: RemoteEvent;
}

function newKey(): EventKey {
  return { link: randomUUID(), generation: 1 };
}

function create(change: Partial<EventContent> = {}): Extract<Operation, { kind: 'create' }> {
  return { kind: 'create', key: newKey(), fields: outlook.provider.normalise(visit(change)) };
}

function update(known: Known | undefined, change: Partial<EventContent>): Operation {
  if (!known) return expect.fail('no such event');
  return { kind: 'update', ...known, fields: outlook.provider.normalise(visit(change)) };
}

async function created(): Promise<Known> {
  const [only] = await createdMany(1);
  return only ?? expect.fail('not created');
}

async function createdMany(count: number): Promise<[Known, Known, ...Known[]]> {
  const wanted = Array.from({ length: count }, () => create());
  const outcomes = await apply(wanted);
  return wanted.map(({ key }, index) => {
    const outcome = outcomes[index];
    if (outcome?.kind !== 'written') return expect.fail(`not created: ${JSON.stringify(outcome)}`);
    return { key, event: outcome.event };
  }) as [Known, Known, ...Known[]];
}

function apply(wanted: readonly Operation[], where: CalendarSession = session): Promise<Outcome[]> {
  return outlook.provider.apply(where, wanted, AbortSignal.timeout(10_000));
}

function openCalendar(
  kind: 'primary' | 'dedicated',
  accessToken: string = session.accessToken,
  name = 'VALClean',
): Promise<TargetCalendar> {
  return outlook.provider.openCalendar(accessToken, kind, name, AbortSignal.timeout(10_000));
}

function events(calendarId: string = session.calendarId): Record<string, unknown>[] {
  return outlook.simulator.events(EMAIL, calendarId);
}

function ownCalendars(email = EMAIL): Record<string, unknown>[] {
  return outlook.simulator.calendars(email).filter(({ createdByClient }) => createdByClient !== null);
}

function fault(match: FaultMatch, action: FaultAction): void {
  outlook.simulator.faults.add({ match, action });
}

/** What Graph was asked, with the items of batches. */
function operations(): string[] {
  return outlook.simulator.requests().map(({ operation, parts }) => {
    const inner = parts?.map((part) => part.operation).join(' ');
    return inner === undefined ? String(operation) : `${operation}: ${inner}`;
  });
}

function failed(failure: object): object {
  return { kind: 'failed', failure };
}
