import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { standingClock } from '../kit/test-client.ts';
import type { Answered } from '../kit/test-client.ts';
import type { GoogleSimulator } from './server.ts';
import { ANNA, BEN, anEvent, callApi, postToken, reasonOf, refreshForm, signIn, startForTest } from './test-client.ts';

const EVENTS = 'calendars/primary/events';

let sim: GoogleSimulator;
let clock: ReturnType<typeof standingClock>;
let tokens: Awaited<ReturnType<typeof signIn>>;

beforeEach(async () => {
  clock = standingClock();
  sim = await startForTest({ clock });
  tokens = await signIn(sim);
});

afterEach(async () => {
  await sim.close();
});

function insert(id: string): Promise<Answered> {
  return callApi(sim, tokens.access_token, 'POST', EVENTS, anEvent({ id }));
}

/** Gives up as soon as the simulator has logged the request: whatever is not answered by then is not coming. */
async function insertAndGiveUp(id: string): Promise<void> {
  const before = sim.requests().length;
  const given = new AbortController();
  const answer = fetch(`${sim.url}/calendar/v3/${EVENTS}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens.access_token}`, 'content-type': 'application/json' },
    body: JSON.stringify(anEvent({ id })),
    signal: given.signal,
  });
  answer.catch(() => undefined);
  await expect.poll(() => sim.requests().length).toBeGreaterThan(before);
  given.abort();
  await expect(answer).rejects.toThrow();
}

function ids(): unknown[] {
  return sim.events(ANNA.email).map((event) => event['id']);
}

describe('before the commit', () => {
  test.each([
    [403, 'rateLimitExceeded', 'usageLimits'],
    [403, 'quotaExceeded', 'usageLimits'],
    [429, 'rateLimitExceeded', 'usageLimits'],
    [500, 'backendError', 'global'],
    [409, 'conflict', 'global'],
  ])('%i %s', async (status, reason, domain) => {
    sim.faults.add({
      match: { operation: 'events.insert' },
      action: { kind: 'answer', status, reason, retryAfterSeconds: 7 },
    });
    const answer = await insert('vc001');
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ error: { code: status, errors: [{ domain, reason }] } });
    expect(answer.headers.get('retry-after')).toBe('7');
    expect(ids()).toEqual([]);
    expect((await insert('vc001')).status).toBe(200);
  });

  test('an HTML page, a closed connection and silence', async () => {
    sim.faults.add({ action: { kind: 'html' } });
    const answer = await insert('vc001');
    expect([answer.status, answer.text.startsWith('<!DOCTYPE html>')]).toEqual([502, true]);
    sim.faults.add({ action: { kind: 'drop' } });
    await expect(insert('vc001')).rejects.toThrow();
    sim.faults.add({ action: { kind: 'hang' } });
    await insertAndGiveUp('vc001');
    expect(ids()).toEqual([]);
  });
});

describe('after the commit', () => {
  test('the answer is lost: the event is there and a repetition is a duplicate', async () => {
    sim.faults.add({ match: { operation: 'events.insert' }, action: { kind: 'drop-after-commit' } });
    await expect(insert('vc001')).rejects.toThrow();
    expect(ids()).toEqual(['vc001']);
    expect(reasonOf(await insert('vc001'))).toBe('duplicate');
  });

  test('the answer never comes', async () => {
    sim.faults.add({ action: { kind: 'hang-after-commit' } });
    await insertAndGiveUp('vc001');
    expect(ids()).toEqual(['vc001']);
  });

  test('the answer lies, is cut, or comes in drips', async () => {
    sim.faults.add({ action: { kind: 'answer-after-commit', status: 503 } });
    expect((await insert('vc001')).status).toBe(503);
    sim.faults.add({ action: { kind: 'malformed-json' } });
    await expect(insert('vc002')).rejects.toThrow(SyntaxError);
    sim.faults.add({ action: { kind: 'slow-body', ms: 20 } });
    expect((await insert('vc003')).body['id']).toBe('vc003');
    expect(ids()).toEqual(['vc001', 'vc002', 'vc003']);
  });

  test('a lost token answer leaves the refresh token alive', async () => {
    sim.faults.add({ match: { operation: 'oauth.token.refresh' }, action: { kind: 'drop-after-commit' } });
    await expect(postToken(sim, refreshForm(tokens.refresh_token))).rejects.toThrow();
    expect((await postToken(sim, refreshForm(tokens.refresh_token))).status).toBe(200);
  });
});

describe('aim', () => {
  test('by account, and n times', async () => {
    const ben = (await signIn(sim, { email: BEN.email })).access_token;
    sim.faults.add({ match: { account: BEN.email }, action: { kind: 'answer', status: 503 }, times: 2 });
    const statuses: number[] = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await callApi(sim, ben, 'GET', EVENTS)).status);
    expect(statuses).toEqual([503, 503, 200]);
    expect((await insert('vc001')).status).toBe(200);
  });

  test('until cleared', async () => {
    const id = sim.faults.add({
      match: { path: '/events' },
      action: { kind: 'answer', status: 503 },
      times: 'until-cleared',
    });
    for (let count = 0; count < 3; count += 1) expect((await insert('vc001')).status).toBe(503);
    expect(sim.faults.list()).toMatchObject([{ id, played: 3 }]);
    sim.faults.clear(id);
    expect((await insert('vc001')).status).toBe(200);
  });

  test('senseless rules are refused', () => {
    expect(() => sim.faults.add({ action: { kind: 'drop' }, times: 0 })).toThrow(TypeError);
    expect(() => sim.faults.add({ action: { kind: 'nonsense' } as never })).toThrow(TypeError);
  });
});

describe('quotas', () => {
  test('600 units a sliding minute and account; PATCH costs 3; refusals cost nothing', async () => {
    sim.changeSettings({ quota: { perUserPerMinute: 6 } });
    await insert('vc001');
    clock.advance(30_000);
    await callApi(sim, tokens.access_token, 'PATCH', `${EVENTS}/vc001`, { summary: 'x' });
    await callApi(sim, tokens.access_token, 'GET', `${EVENTS}/vc001`);
    await insert('vc002');
    const refused = await insert('vc003');
    expect([refused.status, reasonOf(refused)]).toEqual([403, 'userRateLimitExceeded']);
    clock.advance(31_000);
    expect((await insert('vc003')).status).toBe(200);
    expect((await insert('vc004')).status).toBe(403);
    clock.advance(30_000);
    expect((await insert('vc004')).status).toBe(200);
  });

  test('the project has one limit for all accounts', async () => {
    const ben = (await signIn(sim, { email: BEN.email })).access_token;
    sim.changeSettings({ quota: { perProjectPerMinute: 2, status: 429, retryAfterSeconds: 30 } });
    await insert('vc001');
    await callApi(sim, ben, 'GET', EVENTS);
    const refused = await callApi(sim, ben, 'GET', EVENTS);
    expect([refused.status, reasonOf(refused), refused.headers.get('retry-after')]).toEqual([
      429,
      'rateLimitExceeded',
      '30',
    ]);
  });

  test('an account over its usage limit may read but not write', async () => {
    sim.setAccount(ANNA.email, { quotaExceeded: true });
    const refused = await insert('vc001');
    expect([refused.status, reasonOf(refused)]).toEqual([403, 'quotaExceeded']);
    expect((await callApi(sim, tokens.access_token, 'GET', EVENTS)).status).toBe(200);
  });

  test('only so many events may be created a day', async () => {
    sim.changeSettings({ quota: { eventsCreatedPerDay: 1 } });
    await insert('vc001');
    expect(reasonOf(await insert('vc002'))).toBe('quotaExceeded');
  });
});

describe('Retry-After', () => {
  const flagsOfCalls = (): string[][] => sim.requests().map(({ flags }) => flags);

  test('that is not honoured is flagged, for the one account that was told', async () => {
    const ben = (await signIn(sim, { email: BEN.email })).access_token;
    sim.clearRequests();
    sim.faults.add({ match: { account: ANNA.email }, action: { kind: 'answer', status: 429, retryAfterSeconds: 3 } });
    await insert('vc001');
    clock.advance(2000);
    await insert('vc001');
    await callApi(sim, ben, 'GET', EVENTS);
    clock.advance(1000);
    await insert('vc002');
    expect(flagsOfCalls()).toEqual([[], ['RETRY-AFTER NOT HONOURED'], [], []]);
  });

  test('of a quota counts as well', async () => {
    sim.changeSettings({ quota: { perUserPerMinute: 0, retryAfterSeconds: 30 } });
    sim.clearRequests();
    await insert('vc001');
    clock.advance(29_000);
    await insert('vc001');
    expect(flagsOfCalls()).toEqual([[], ['RETRY-AFTER NOT HONOURED']]);
  });
});

test('hanging answers nothing until it is switched off', async () => {
  sim.setHanging(true);
  await insertAndGiveUp('vc001');
  sim.setHanging(false);
  expect((await insert('vc001')).status).toBe(200);
});

test('close ends hanging connections and frees the port', async () => {
  sim.setHanging(true);
  const answer = insert('vc001');
  answer.catch(() => undefined);
  await expect.poll(() => sim.requests().length).toBe(2);
  await sim.close();
  await expect(answer).rejects.toThrow();
  const refused = await new Promise<string>((resolve) => {
    const socket = connect(Number(new URL(sim.url).port), '127.0.0.1');
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
    socket.once('connect', () => resolve('connected'));
  });
  expect(refused).toBe('ECONNREFUSED');
});
