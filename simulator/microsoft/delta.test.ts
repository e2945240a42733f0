import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../kit/json.ts';
import { standingClock } from '../kit/test-client.ts';
import type { Answered } from '../kit/test-client.ts';
import type { MicrosoftSimulator } from './server.ts';
import { ANNA, BEN, IMMUTABLE, anEvent, callGraph, codeOf, eventTarget, signIn, startForTest } from './test-client.ts';

const WINDOW = 'startDateTime=2026-03-01T00:00:00Z&endDateTime=2026-03-31T00:00:00Z';
const FIRST = `me/calendarView/delta?${WINDOW}`;
const DAY = 24 * 60 * 60 * 1000;

let sim: MicrosoftSimulator;
let clock: ReturnType<typeof standingClock>;
let token: string;

beforeEach(async () => {
  clock = standingClock();
  sim = await startForTest({ clock, seed: 5, settings: { accessTokenLifetimeSeconds: 90 * 24 * 3600 } });
  token = (await signIn(sim)).access_token;
});

afterEach(async () => {
  await sim.close();
});

function call(target: string, headers: Record<string, string> = {}): Promise<Answered> {
  return callGraph(sim, token, 'GET', target, undefined, headers);
}

/** The target of a link that leads to the simulator's own origin. */
function below(link: unknown): string {
  expect(String(link).startsWith(`${sim.url}/v1.0/`)).toBe(true);
  return String(link).slice(`${sim.url}/v1.0/`.length);
}

/** Follows a round to its end. */
async function walk(target: string, size = 2): Promise<{ items: JsonObject[]; pages: number; deltaLink: string }> {
  const items: JsonObject[] = [];
  let next = target;
  for (let pages = 1; pages < 200; pages += 1) {
    const answer = await call(next, { prefer: `${IMMUTABLE.prefer}, odata.maxpagesize=${size}` });
    expect(answer.status).toBe(200);
    items.push(...(answer.body['value'] as JsonObject[]));
    const { '@odata.nextLink': nextLink, '@odata.deltaLink': deltaLink } = answer.body;
    expect([nextLink, deltaLink].filter((one) => one !== undefined)).toHaveLength(1);
    if (deltaLink !== undefined) return { items, pages, deltaLink: below(deltaLink) };
    next = below(nextLink);
  }
  throw new Error('the round never ends');
}

function add(subject: string, day = '02'): string {
  const at = (hour: string): JsonObject => ({ dateTime: `2026-03-${day}T${hour}:00:00`, timeZone: 'UTC' });
  return String(sim.create(ANNA.email, 'primary', anEvent({ subject, start: at('09'), end: at('10') }))['id']);
}

function moveOut(id: string): void {
  const at = (hour: string): JsonObject => ({ dateTime: `2026-06-02T${hour}:00:00`, timeZone: 'UTC' });
  sim.edit(ANNA.email, id, { start: at('09'), end: at('10') });
}

const REMOVED = { '@odata.type': '#microsoft.graph.event', '@removed': { reason: 'deleted' } };

test('the first round brings the window page by page, then a link', async () => {
  for (const subject of ['a', 'b', 'c', 'd', 'e']) add(subject);
  moveOut(add('outside'));
  sim.remove(ANNA.email, add('gone'));
  const { items, pages } = await walk(FIRST);
  expect(pages).toBe(3);
  expect(items.map(({ subject }) => subject)).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('the next rounds bring what has changed since, and nothing else', async () => {
  const [first, second] = [add('a'), add('b')];
  const { deltaLink } = await walk(FIRST);
  expect((await walk(deltaLink)).items).toEqual([]);
  sim.edit(ANNA.email, first, { subject: 'A' });
  sim.edit(ANNA.email, first, { subject: 'AA' });
  sim.remove(ANNA.email, second);
  const third = add('c');
  const round = await walk(deltaLink, 1);
  expect(round.items).toMatchObject([{ id: first, subject: 'AA' }, { id: second, ...REMOVED }, { id: third }]);
  expect((await walk(round.deltaLink)).items).toEqual([]);
  expect((await walk(deltaLink, 1)).items).toHaveLength(3);
});

test('a change between two pages is not lost', async () => {
  const ids = [add('a'), add('b'), add('c')];
  const page = await call(FIRST, { prefer: `${IMMUTABLE.prefer}, odata.maxpagesize=2` });
  sim.edit(ANNA.email, ids[0] ?? '', { subject: 'A' });
  const { deltaLink } = await walk(below(page.body['@odata.nextLink']));
  expect((await walk(deltaLink)).items).toMatchObject([{ id: ids[0], subject: 'A' }]);
});

test('what changes outside of the window is called removed, too', async () => {
  const moved = add('moved');
  const { deltaLink } = await walk(FIRST);
  moveOut(moved);
  const never = add('never inside', '30');
  moveOut(never);
  expect((await walk(deltaLink)).items).toEqual([
    { id: moved, ...REMOVED },
    { id: never, ...REMOVED },
  ]);
  expect((await call(eventTarget(moved))).status).toBe(200);
});

test('a calendar of its own has rounds of its own; what leaves it is removed from it', async () => {
  const work = sim.addCalendar(ANNA.email, 'Work');
  const path = `me/calendars/${encodeURIComponent(work)}/calendarView/delta`;
  const [here, there] = [await walk(FIRST), await walk(`${path}?${WINDOW}`)];
  const id = add('a');
  sim.move(ANNA.email, id, work);
  expect((await walk(here.deltaLink)).items).toEqual([{ id, ...REMOVED }]);
  const inWork = await walk(there.deltaLink);
  expect(inWork.items).toMatchObject([{ id, subject: 'a' }]);
  sim.move(ANNA.email, id, 'primary');
  expect((await walk(inWork.deltaLink)).items).toEqual([{ id, ...REMOVED }]);
});

test('what Exchange does by itself shows up as a change', async () => {
  const { deltaLink } = await walk(FIRST);
  await callGraph(sim, token, 'POST', 'me/events', anEvent({ transactionId: 't-1' }));
  const round = await walk(deltaLink);
  expect(round.items).toMatchObject([{ subject: 'Deep clean', transactionId: 't-1' }]);
  clock.advance(5000);
  expect((await walk(round.deltaLink)).items).toHaveLength(1);
});

test('a restored event comes back under its immutable id', async () => {
  const id = add('a');
  sim.remove(ANNA.email, id);
  const { deltaLink } = await walk(FIRST);
  sim.restore(ANNA.email, id);
  expect((await walk(deltaLink)).items).toMatchObject([{ id, subject: 'a' }]);
});

test('pages may be short or empty, and items may come twice', async () => {
  sim.changeSettings({ shortPages: true, deltaDuplicates: true });
  const ids = Array.from({ length: 12 }, (_, index) => add(`e${index}`));
  const { items, pages } = await walk(FIRST, 3);
  expect(new Set(items.map(({ id }) => id))).toEqual(new Set(ids));
  expect(items.length).toBeGreaterThan(ids.length);
  expect(pages).toBeGreaterThan(4);
});

test('a young change may come only with the next round', async () => {
  sim.changeSettings({ deltaLagMs: 2000 });
  const id = add('a');
  const { items, deltaLink } = await walk(FIRST);
  expect(items).toEqual([]);
  clock.advance(2000);
  expect((await walk(deltaLink)).items).toMatchObject([{ id }]);
});

test.each(['$select=id', '$filter=x', '$expand=x', '$orderby=x', '$search=x', '$top=5'])(
  'refuses %s',
  async (query) => {
    const answer = await call(`${FIRST}&${query}`);
    expect([answer.status, codeOf(answer)]).toEqual([400, 'ErrorInvalidUrlQuery']);
  },
);

test('a round needs its window, a link stands alone', async () => {
  expect((await call('me/calendarView/delta')).status).toBe(400);
  const { deltaLink } = await walk(FIRST);
  expect((await call(`${deltaLink}&${WINDOW}`)).status).toBe(400);
});

describe('410 SyncStateNotFound', () => {
  async function expectGone(target: string): Promise<Answered> {
    const answer = await call(target);
    expect([answer.status, codeOf(answer)]).toEqual([410, 'SyncStateNotFound']);
    return answer;
  }

  test('on command, with the address of a fresh round', async () => {
    const { deltaLink } = await walk(FIRST);
    sim.expireDeltaTokens(BEN.email);
    await walk(deltaLink);
    sim.expireDeltaTokens(ANNA.email);
    const { headers } = await expectGone(deltaLink);
    expect((await walk(below(headers.get('location')))).items).toEqual([]);
  });

  test('for a link that has grown old', async () => {
    add('a');
    const { deltaLink } = await walk(FIRST);
    clock.advance(7 * DAY);
    await expectGone(deltaLink);
    const page = await call(`${FIRST}`, { prefer: 'odata.maxpagesize=1' });
    expect(page.body['@odata.deltaLink']).toBeDefined();
    add('b');
    const first = await call(FIRST, { prefer: 'odata.maxpagesize=1' });
    clock.advance(60 * 60_000);
    await expectGone(below(first.body['@odata.nextLink']));
  });

  test('for a link that nobody made, or somebody else', async () => {
    await expectGone('me/calendarView/delta?$deltatoken=nonsense');
    const { deltaLink } = await walk(FIRST);
    const work = encodeURIComponent(sim.addCalendar(ANNA.email, 'Work'));
    await expectGone(deltaLink.replace('me/calendarView', `me/calendars/${work}/calendarView`));
    const ben = (await signIn(sim, { email: BEN.email })).access_token;
    expect((await callGraph(sim, ben, 'GET', deltaLink)).status).toBe(410);
  });
});
