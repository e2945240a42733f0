import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { standingClock } from '../kit/test-client.ts';
import type { Answered } from '../kit/test-client.ts';
import type { JsonObject } from '../kit/json.ts';
import type { GoogleSimulator } from './server.ts';
import { ANNA, anEvent, callApi, reasonOf, signIn, startForTest } from './test-client.ts';

const EVENTS = 'calendars/primary/events';

let sim: GoogleSimulator;
let clock: ReturnType<typeof standingClock>;
let token: string;

beforeEach(async () => {
  clock = standingClock();
  sim = await startForTest({ clock, seed: 3 });
  token = (await signIn(sim)).access_token;
});

afterEach(async () => {
  await sim.close();
});

function list(query: Record<string, string> = {}): Promise<Answered> {
  return callApi(sim, token, 'GET', `${EVENTS}?${new URLSearchParams(query).toString()}`);
}

function add(id: string, more: JsonObject = {}): void {
  sim.create(ANNA.email, 'primary', anEvent({ id, ...more }));
}

function idsOf(answer: Answered): unknown[] {
  return (answer.body['items'] as JsonObject[]).map((item) => item['id']);
}

/** Walks all pages and answers the ids and the sync token of the last one. */
async function walk(query: Record<string, string>): Promise<{ ids: unknown[]; pages: number; token: string }> {
  const ids: unknown[] = [];
  let page: Record<string, string> = {};
  for (let pages = 1; pages < 200; pages += 1) {
    const answer = await list({ ...query, ...page });
    expect(answer.status).toBe(200);
    ids.push(...idsOf(answer));
    const { nextPageToken, nextSyncToken } = answer.body;
    expect([nextPageToken, nextSyncToken].filter((one) => one !== undefined)).toHaveLength(1);
    if (typeof nextSyncToken === 'string') return { ids, pages, token: nextSyncToken };
    page = { pageToken: String(nextPageToken) };
  }
  throw new Error('the listing never ends');
}

test('pages are walked without loss, and the sync token comes with the last one', async () => {
  for (let number = 100; number < 107; number += 1) add(`vc${number}`);
  const { ids, pages } = await walk({ maxResults: '3' });
  expect(pages).toBe(3);
  expect(ids).toEqual(['vc100', 'vc101', 'vc102', 'vc103', 'vc104', 'vc105', 'vc106']);
});

test('short and empty pages hide nothing', async () => {
  sim.changeSettings({ shortPages: true });
  for (let number = 100; number < 130; number += 1) add(`vc${number}`);
  const { ids, pages } = await walk({ maxResults: '4' });
  expect(ids).toHaveLength(30);
  expect(pages).toBeGreaterThan(8);
});

test('a page token belongs to its request', async () => {
  add('vc100');
  add('vc101');
  const { body } = await list({ maxResults: '1' });
  const pageToken = String(body['nextPageToken']);
  expect((await list({ maxResults: '1', pageToken, q: 'x' })).status).toBe(400);
  expect((await list({ maxResults: '1', pageToken: `${pageToken}x` })).status).toBe(400);
});

test('timeMin bounds the end, timeMax the start, both exclusive', async () => {
  add('vc100');
  const at = (timeMin: string, timeMax: string): Promise<unknown[]> => list({ timeMin, timeMax }).then(idsOf);
  expect(await at('2026-03-02T09:59:59+01:00', '2026-03-02T11:00:00+01:00')).toEqual(['vc100']);
  expect(await at('2026-03-02T10:00:00+01:00', '2026-03-02T11:00:00+01:00')).toEqual([]);
  expect(await at('2026-03-02T07:00:00+01:00', '2026-03-02T09:00:00+01:00')).toEqual([]);
  expect((await list({ timeMin: '2026-03-02T09:00:00' })).status).toBe(400);
});

test('filters by property, text, uid and order', async () => {
  add('vc100', { extendedProperties: { private: { vcLink: 'a' } }, summary: 'Windows' });
  add('vc101', { extendedProperties: { private: { vcLink: 'b' } }, start: { dateTime: '2026-03-01T09:00:00Z' } });
  expect(idsOf(await list({ privateExtendedProperty: 'vcLink=b' }))).toEqual(['vc101']);
  expect(idsOf(await list({ q: 'window' }))).toEqual(['vc100']);
  expect(idsOf(await list({ iCalUID: 'vc101@google.com' }))).toEqual(['vc101']);
  expect(idsOf(await list({ orderBy: 'startTime', singleEvents: 'true' }))).toEqual(['vc101', 'vc100']);
  expect((await list({ orderBy: 'startTime' })).status).toBe(400);
});

test('repeated property filters mean and or or, as switched', async () => {
  add('vc100', { extendedProperties: { private: { a: '1' } } });
  add('vc101', { extendedProperties: { private: { a: '1', b: '2' } } });
  const both = `${EVENTS}?privateExtendedProperty=a%3D1&privateExtendedProperty=b%3D2`;
  expect(idsOf(await callApi(sim, token, 'GET', both))).toEqual(['vc101']);
  sim.changeSettings({ repeatedPropertyFilter: 'or' });
  expect(idsOf(await callApi(sim, token, 'GET', both))).toEqual(['vc100', 'vc101']);
});

test('deleted events show up only when asked for, and then barely', async () => {
  add('vc100');
  sim.remove(ANNA.email, 'primary', 'vc100');
  expect(idsOf(await list())).toEqual([]);
  const { body } = await list({ showDeleted: 'true' });
  expect(body['items']).toEqual([
    { kind: 'calendar#event', etag: expect.any(String), id: 'vc100', status: 'cancelled' },
  ]);
});

describe('sync tokens', () => {
  test('bring what has changed since, deletions included, and nothing else', async () => {
    for (const id of ['vc100', 'vc101', 'vc102']) add(id);
    const { token: first } = await walk({});
    sim.edit(ANNA.email, 'primary', 'vc101', { summary: 'changed' });
    sim.edit(ANNA.email, 'primary', 'vc101', { summary: 'changed again' });
    sim.remove(ANNA.email, 'primary', 'vc100');
    add('vc103');
    const second = await walk({ syncToken: first });
    expect(second.ids).toEqual(['vc101', 'vc100', 'vc103']);
    expect((await walk({ syncToken: second.token })).ids).toEqual([]);
    expect((await walk({ syncToken: first, maxResults: '1' })).ids).toEqual(['vc101', 'vc100', 'vc103']);
  });

  test('a change between two pages is not lost', async () => {
    for (const id of ['vc100', 'vc101', 'vc102']) add(id);
    const { body } = await list({ maxResults: '2' });
    sim.edit(ANNA.email, 'primary', 'vc100', { summary: 'changed' });
    const last = await list({ maxResults: '2', pageToken: String(body['nextPageToken']) });
    expect(idsOf(await list({ syncToken: String(last.body['nextSyncToken']) }))).toEqual(['vc100']);
  });

  test.each([
    'iCalUID',
    'orderBy',
    'privateExtendedProperty',
    'q',
    'sharedExtendedProperty',
    'timeMin',
    'timeMax',
    'updatedMin',
  ])('do not go with %s', async (name) => {
    const { token: syncToken } = await walk({ timeMin: '2026-01-01T00:00:00Z' });
    const values: Record<string, string> = {
      orderBy: 'updated',
      timeMin: '2026-01-01T00:00:00Z',
      timeMax: '2027-01-01T00:00:00Z',
    };
    expect((await list({ syncToken, [name]: values[name] ?? 'a=b' })).status).toBe(400);
    expect((await list({ syncToken })).status).toBe(200);
  });

  test('do not go with showDeleted=false or other parameters than at first', async () => {
    const { token: syncToken } = await walk({ singleEvents: 'false' });
    expect((await list({ syncToken, showDeleted: 'false' })).status).toBe(400);
    expect((await list({ syncToken, singleEvents: 'true' })).status).toBe(400);
    expect((await list({ syncToken, showDeleted: 'true', fields: 'items(id),nextSyncToken' })).status).toBe(200);
  });

  test('come only with listings that can be continued', async () => {
    expect((await list({ q: 'x' })).body['nextSyncToken']).toBeUndefined();
  });

  test('die on command with 410 fullSyncRequired', async () => {
    const { token: syncToken } = await walk({});
    sim.expireSyncTokens(ANNA.email);
    const answer = await list({ syncToken });
    expect([answer.status, reasonOf(answer)]).toEqual([410, 'fullSyncRequired']);
    const { token: fresh } = await walk({});
    expect((await list({ syncToken: fresh })).status).toBe(200);
  });

  test('that are strange answer 400', async () => {
    expect((await list({ syncToken: 'CPDAlvWDx70CEPDAlvWDx70CGAU=' })).status).toBe(400);
  });
});

test('updatedMin too far back answers 410 with its own reason', async () => {
  expect(reasonOf(await list({ updatedMin: '2026-01-20T00:00:00Z' }))).toBe('updatedMinTooLongAgo');
  expect((await list({ updatedMin: '2026-02-20T00:00:00Z' })).status).toBe(200);
});
