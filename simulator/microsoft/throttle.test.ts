import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../kit/json.ts';
import { standingClock } from '../kit/test-client.ts';
import type { Answered } from '../kit/test-client.ts';
import type { MicrosoftSimulator } from './server.ts';
import { BEN, CLIENT, IMMUTABLE, anEvent, callGraph, codeOf, signIn, startForTest } from './test-client.ts';

const TOO_MANY = 'MAILBOX CONCURRENCY EXCEEDED';
const TOO_EARLY = 'RETRY-AFTER NOT HONOURED';

let sim: MicrosoftSimulator;
let clock: ReturnType<typeof standingClock>;
let token: string;

beforeEach(async () => {
  clock = standingClock();
  sim = await startForTest({ clock });
  token = (await signIn(sim)).access_token;
  sim.clearRequests();
});

afterEach(async () => {
  await sim.close();
});

function list(of = token): Promise<Answered> {
  return callGraph(sim, of, 'GET', 'me/events');
}

function batch(count: number): Promise<Answered> {
  const requests = Array.from({ length: count }, (_, index) => ({
    id: String(index),
    method: 'POST',
    url: '/me/events',
    headers: { 'Content-Type': 'application/json', ...IMMUTABLE },
    body: anEvent(),
  }));
  return callGraph(sim, token, 'POST', '$batch', { requests });
}

function statusesOf(answer: Answered): number[] {
  return (answer.body['responses'] as JsonObject[]).map(({ status }) => Number(status)).toSorted();
}

/** Sends requests that are not answered, until `end` hangs up. */
async function keepUnderWay(count: number, target = 'me/events'): Promise<{ end(): void }> {
  const before = sim.requests().length;
  const given = new AbortController();
  sim.faults.add({ action: { kind: 'hang' }, times: count });
  for (let index = 0; index < count; index += 1) {
    fetch(`${sim.url}/v1.0/${target}`, {
      headers: { authorization: `Bearer ${token}`, ...IMMUTABLE },
      signal: given.signal,
    }).catch(() => undefined);
  }
  await expect.poll(() => sim.requests().length).toBe(before + count);
  return { end: () => given.abort() };
}

function flags(): string[] {
  return sim.requests().flatMap((request) => request.flags);
}

describe('requests under way', () => {
  test('are four in a mailbox; the fifth is refused and flagged', async () => {
    const ben = (await signIn(sim, { email: BEN.email })).access_token;
    const four = await keepUnderWay(4);
    const fifth = await list();
    expect([fifth.status, codeOf(fifth), fifth.headers.get('retry-after')]).toEqual([429, 'ApplicationThrottled', '2']);
    expect(fifth.body['error']).toMatchObject({ message: 'Application is over its MailboxConcurrency limit.' });
    expect(flags()).toEqual([TOO_MANY]);
    expect((await list(ben)).status).toBe(200);
    four.end();
    clock.advance(2000);
    await expect.poll(async () => (await list()).status).toBe(200);
  });

  test('three leave one place for the next', async () => {
    const three = await keepUnderWay(3);
    expect((await list()).status).toBe(200);
    expect((await list()).status).toBe(200);
    expect(flags()).toEqual([]);
    three.end();
  });

  test('a batch takes the whole', async () => {
    const one = await keepUnderWay(1, '$batch');
    expect((await list()).status).toBe(429);
    expect(flags()).toEqual([TOO_MANY]);
    one.end();
  });

  test('beside others a batch gets what is left', async () => {
    const two = await keepUnderWay(2);
    const answer = await batch(8);
    expect(answer.status).toBe(200);
    expect(statusesOf(answer)).toEqual([201, 201, 201, 201, 429, 429, 429, 429]);
    expect(flags()).toEqual([TOO_MANY]);
    two.end();
  });

  test('one batch after the other is fine', async () => {
    expect(statusesOf(await batch(20))).toEqual(Array.from({ length: 20 }, () => 201));
    expect(statusesOf(await batch(20))).toEqual(Array.from({ length: 20 }, () => 201));
    expect(flags()).toEqual([]);
  });

  test('the limit can be switched off', async () => {
    sim.changeSettings({ throttle: { concurrency: null } });
    const six = await keepUnderWay(6);
    expect((await list()).status).toBe(200);
    six.end();
  });
});

describe('requests within ten minutes', () => {
  test('are limited in each mailbox, items of a batch counted one by one', async () => {
    const ben = (await signIn(sim, { email: BEN.email })).access_token;
    sim.changeSettings({ throttle: { requestsPer10Minutes: 5 } });
    expect(statusesOf(await batch(4))).toEqual([201, 201, 201, 201]);
    expect((await list()).status).toBe(200);
    const over = await list();
    expect([over.status, codeOf(over)]).toEqual([429, 'ApplicationThrottled']);
    expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(500);
    expect((await list(ben)).status).toBe(200);
    expect(sim.accounts()[0]?.usedRequests[CLIENT.clientId]).toBe(6);
  });

  test('count while refused, so that who knocks on never gets in', async () => {
    sim.changeSettings({ throttle: { requestsPer10Minutes: 2 } });
    await list();
    await list();
    for (let minute = 0; minute < 15; minute += 1) {
      clock.advance(60_000);
      expect((await list()).status).toBe(429);
    }
    clock.advance(11 * 60_000);
    expect((await list()).status).toBe(200);
  });

  test('who waits as long as told gets in, unflagged', async () => {
    sim.changeSettings({ throttle: { requestsPer10Minutes: 2 } });
    await list();
    await list();
    const wait = Number((await list()).headers.get('retry-after'));
    clock.advance(wait * 1000);
    expect((await list()).status).toBe(200);
    expect(flags()).toEqual([]);
  });
});

describe('Retry-After', () => {
  test.each([
    ['integer', /^\d+$/],
    ['fraction', /^\d+\.\d{3}$/],
    ['date', /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/],
  ] as const)('is written as %s', async (retryAfterForm, form) => {
    sim.changeSettings({ throttle: { retryAfterForm, retryAfterSeconds: 3, requestsPer10Minutes: 0 } });
    const refused = await list();
    expect(refused.headers.get('retry-after')).toMatch(form);
  });

  test('may be left out', async () => {
    sim.changeSettings({ throttle: { retryAfterForm: 'none', requestsPer10Minutes: 0 } });
    const refused = await list();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, null]);
    await list();
    expect(flags()).toEqual([]);
  });

  test.each([3, '2.5', 'Sun, 01 Mar 2026 08:00:03 GMT'])(
    'of %s that is not honoured is flagged',
    async (retryAfter) => {
      sim.faults.add({ action: { kind: 'answer', status: 429, retryAfter } });
      await list();
      clock.advance(2000);
      await list();
      clock.advance(1000);
      await list();
      expect(sim.requests().map((request) => request.flags)).toEqual([[], [TOO_EARLY], []]);
    },
  );

  test('is not expected of whoever never heard of it', async () => {
    sim.faults.add({ match: { inBatch: true, part: 1 }, action: { kind: 'answer', status: 429, retryAfter: 3 } });
    sim.faults.add({ match: { inBatch: true, part: 2 }, action: { kind: 'drop-after-commit' } });
    await expect(batch(2)).rejects.toThrow();
    await batch(2);
    expect(flags()).toEqual([]);
  });

  test('of an item holds for the whole mailbox', async () => {
    sim.faults.add({ match: { inBatch: true, part: 1 }, action: { kind: 'answer', status: 429, retryAfter: 3 } });
    await batch(2);
    clock.advance(1000);
    await batch(2);
    expect(flags()).toEqual([TOO_EARLY]);
  });
});
