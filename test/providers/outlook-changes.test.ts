import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DAY, systemClock } from '../../src/base/time.ts';
import { createMicrosoftProvider } from '../../src/providers/microsoft/provider.ts';
import type { HttpClient } from '../../src/providers/kit/http-client.ts';
import type { CalendarSession, ChangesRead, ReadWindow, RemoteChange } from '../../src/sync/provider.ts';
import { visit } from './content.ts';
import { EMAIL, openOutlook, zones, type OutlookSetup } from './outlook-setup.ts';

const WINDOW = { from: new Date('2026-11-20T00:00:00Z'), to: new Date('2027-02-01T00:00:00Z') };
const FOREIGN = {
  subject: 'Dentist',
  start: { dateTime: '2026-12-03T09:00:00', timeZone: 'UTC' },
  end: { dateTime: '2026-12-03T10:00:00', timeZone: 'UTC' },
};

let outlook: OutlookSetup;
let session: CalendarSession;
let now: Date;

beforeEach(async () => {
  now = new Date();
  outlook = await openOutlook({ clock: { now: () => now }, seed: 7 });
  const { tokens } = await outlook.connect('primary');
  session = { accessToken: tokens.accessToken, calendarId: 'primary' };
});
afterEach(() => outlook.close());

test('an etag that Exchange changed by itself comes with the fields as we wrote them', async () => {
  const id = await create();
  const { cursor } = await readAll(null);
  now = new Date(now.getTime() + 10_000);
  const { changes } = await readAll(cursor);
  const fields = outlook.provider.normalise(visit());
  expect(changes).toEqual([{ kind: 'present', event: { remoteId: id, etag: etagOf(id) }, fields }]);
});

test.each([
  ['subject', { subject: 'Mine' }],
  ['body', { body: { contentType: 'text', content: 'Mine' } }],
  ['time', { start: FOREIGN.start, end: FOREIGN.end }],
  ['reminder', { reminderMinutesBeforeStart: 5 }],
])('what its owner changed (%s) is told as other fields', async (_, change) => {
  const id = await create();
  const { cursor } = await readAll(null);
  outlook.simulator.edit(EMAIL, id, change);
  const [told, ...others] = (await readAll(cursor)).changes;
  expect(others).toEqual([]);
  if (told?.kind !== 'present') return expect.fail('not told');
  expect(told.fields).not.toBeNull();
  expect(told.fields).not.toEqual(outlook.provider.normalise(visit()));
});

test.each([
  ['switched the reminder off', { isReminderOn: false }],
  ['made an online meeting of it', { isOnlineMeeting: true }],
])('an event whose owner %s has to be looked at', async (_, change) => {
  const id = await create();
  const { cursor } = await readAll(null);
  outlook.simulator.edit(EMAIL, id, change);
  expect((await readAll(cursor)).changes).toMatchObject([{ kind: 'present', event: { remoteId: id }, fields: null }]);
});

test('of other people’s events at most the id is told, and nothing of those that carry another app’s transaction', async () => {
  outlook.simulator.create(EMAIL, 'primary', FOREIGN);
  const withoutTransaction = await createElsewhere({});
  await createElsewhere({ transactionId: randomUUID() });
  const id = await create();
  const { changes } = await readAll(null);
  expect(JSON.stringify(changes)).not.toContain('Dentist');
  expect(changes.map((change) => change.kind === 'present' && [change.event.remoteId, change.fields !== null])).toEqual(
    [
      [withoutTransaction, false],
      [id, true],
    ],
  );
});

test('short and empty pages, and events that come twice, are one round', async () => {
  outlook.simulator.changeSettings({ shortPages: true, deltaDuplicates: true });
  fillCalendar();
  const ids = await createMany(20);
  const { changes, pages } = await readAll(null);
  expect(pages).toBeGreaterThan(1);
  expect(changes.length).toBeGreaterThan(ids.length);
  expect(new Set(changes.map((change) => change.kind === 'present' && change.event.remoteId))).toEqual(new Set(ids));
});

test('an event that left the window is told as removed, which the engine looks up', async () => {
  const id = await create();
  const { cursor } = await readAll(null);
  const far = (hour: string): object => ({ dateTime: `2028-01-01T${hour}:00:00`, timeZone: 'UTC' });
  outlook.simulator.edit(EMAIL, id, { start: far('09'), end: far('10') } as never);
  expect((await readAll(cursor)).changes).toEqual([{ kind: 'removed', remoteId: id }]);
});

test('a cursor lasts while the window moves on, for a month', async () => {
  const { cursor } = await readAll(null);
  await create();
  const later = (days: number): ReadWindow => ({
    from: new Date(WINDOW.from.getTime() + days * DAY),
    to: new Date(WINDOW.to.getTime() + days * DAY),
  });
  expect(await read(cursor, later(29))).toMatchObject({ kind: 'page', changes: [{ kind: 'present' }] });
  expect(await read(cursor, later(31))).toEqual({ kind: 'cursor_expired' });
  expect(await read(cursor, { ...WINDOW, from: later(-1).from })).toEqual({ kind: 'cursor_expired' });
});

test('a round that took too long begins again', async () => {
  outlook.simulator.changeSettings({ nextLinkLifetimeMs: 1_000 });
  fillCalendar();
  const first = await read(null);
  if (first.kind !== 'page' || !first.more) return expect.fail('a single page');
  now = new Date(now.getTime() + 5_000);
  expect(await read(first.cursor)).toEqual({ kind: 'cursor_expired' });
});

test.each([
  ['nothing of ours', '{}'],
  [
    'another host',
    JSON.stringify({ path: 'https://evil.example/delta', from: '2026-01-01T00:00:00Z', to: '2027-12-01T00:00:00Z' }),
  ],
  [
    'a link that is no link',
    JSON.stringify({
      path: '/me/calendarView/delta?$deltatoken=x',
      from: '2026-01-01T00:00:00Z',
      to: '2027-12-01T00:00:00Z',
    }),
  ],
])('a cursor with %s is expired', async (_, cursor) => {
  expect(await read(cursor)).toEqual({ kind: 'cursor_expired' });
});

test('a link to another server is not followed: the access token would go along', async () => {
  const sent: string[] = [];
  const http: HttpClient = {
    ...outlook.http,
    async send(request, signal) {
      sent.push(String(request.url));
      const answer = await outlook.http.send(request, signal);
      return {
        ...answer,
        body: answer.body.replaceAll(
          `${outlook.config.graphBaseUrl}/me/calendarView`,
          'https://evil.example/v1.0/me/calendarView',
        ),
      };
    },
  };
  const provider = createMicrosoftProvider(outlook.config, { http, clock: systemClock, zones });
  const reading = provider.readChanges(session, null, WINDOW, AbortSignal.timeout(10_000));
  await expect(reading).rejects.toMatchObject({ failure: { kind: 'operator_error', code: 'link_elsewhere' } });
  expect(sent).toHaveLength(1);
});

test.each([
  ['a throttle', { status: 429, retryAfter: 3 }, { kind: 'retry_later', code: 'rate_limited', afterMs: 3_000 }],
  ['a stumble', { status: 500 }, { kind: 'retry_later', code: 'server_error' }],
])('%s while reading says what it is', async (_, refusal, failure) => {
  outlook.simulator.faults.add({ match: { path: 'delta' }, action: { kind: 'answer', ...refusal } });
  await expect(read(null)).rejects.toMatchObject({ name: 'ProviderFailure', failure });
});

/** More of its owner's own events than a page holds. */
function fillCalendar(): void {
  for (let count = 0; count < 250; count += 1) outlook.simulator.create(EMAIL, 'primary', FOREIGN);
}

/** What another app makes; its id in our form. */
async function createElsewhere(more: object): Promise<string> {
  const answer = await fetch(`${outlook.config.graphBaseUrl}/me/events`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${session.accessToken}`,
      'content-type': 'application/json',
      prefer: 'IdType="ImmutableId"',
    },
    body: JSON.stringify({ ...FOREIGN, ...more }),
  });
  return ((await answer.json()) as { id: string }).id;
}

async function create(): Promise<string> {
  return (await createMany(1))[0] ?? expect.fail('not created');
}

async function createMany(count: number): Promise<string[]> {
  const operations = Array.from({ length: count }, () => ({
    kind: 'create' as const,
    key: { link: randomUUID(), generation: 1 },
    fields: outlook.provider.normalise(visit()),
  }));
  const outcomes = await outlook.provider.apply(session, operations, AbortSignal.timeout(10_000));
  return outcomes.map((outcome) =>
    outcome.kind === 'written' ? outcome.event.remoteId : expect.fail(JSON.stringify(outcome)),
  );
}

function etagOf(id: string): unknown {
  return outlook.simulator.events(EMAIL).find((event) => event['id'] === id)?.['@odata.etag'];
}

function read(cursor: string | null, window: ReadWindow = WINDOW): Promise<ChangesRead> {
  return outlook.provider.readChanges(session, cursor, window, AbortSignal.timeout(10_000));
}

async function readAll(from: string | null): Promise<{ changes: RemoteChange[]; cursor: string; pages: number }> {
  const changes: RemoteChange[] = [];
  let cursor = from;
  for (let pages = 1; ; pages += 1) {
    const page = await read(cursor);
    if (page.kind !== 'page') return expect.fail(page.kind);
    changes.push(...page.changes);
    cursor = page.cursor;
    if (!page.more) return { changes, cursor, pages };
  }
}
