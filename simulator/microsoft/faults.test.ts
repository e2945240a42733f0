import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { standingClock } from '../kit/test-client.ts';
import type { Answered } from '../kit/test-client.ts';
import type { MicrosoftSimulator } from './server.ts';
import {
  ANNA,
  BEN,
  IMMUTABLE,
  anEvent,
  callGraph,
  codeOf,
  eventTarget,
  postToken,
  refreshForm,
  signIn,
  startForTest,
} from './test-client.ts';

let sim: MicrosoftSimulator;
let tokens: Awaited<ReturnType<typeof signIn>>;

beforeEach(async () => {
  sim = await startForTest({ clock: standingClock() });
  tokens = await signIn(sim);
});

afterEach(async () => {
  await sim.close();
});

function create(subject: string): Promise<Answered> {
  return callGraph(sim, tokens.access_token, 'POST', 'me/events', anEvent({ subject, transactionId: subject }));
}

/** Gives up as soon as the simulator has logged the request: whatever is not answered by then is not coming. */
async function createAndGiveUp(subject: string): Promise<void> {
  const before = sim.requests().length;
  const given = new AbortController();
  const answer = fetch(`${sim.url}/v1.0/me/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens.access_token}`, 'content-type': 'application/json', ...IMMUTABLE },
    body: JSON.stringify(anEvent({ subject })),
    signal: given.signal,
  });
  answer.catch(() => undefined);
  await expect.poll(() => sim.requests().length).toBeGreaterThan(before);
  given.abort();
  await expect(answer).rejects.toThrow();
}

function subjects(): unknown[] {
  return sim.events(ANNA.email).map(({ subject }) => subject);
}

describe('before the commit', () => {
  test.each([
    [412, 'ErrorIrresolvableConflict'],
    [429, 'ApplicationThrottled'],
    [500, 'ErrorInternalServerTransientError'],
    [503, 'ErrorMailboxStoreUnavailable'],
    [504, 'UnknownError'],
  ])('%i answers %s', async (status, code) => {
    sim.faults.add({ match: { operation: 'events.create' }, action: { kind: 'answer', status, retryAfter: '2.128' } });
    const answer = await create('a');
    expect([answer.status, codeOf(answer), answer.headers.get('retry-after')]).toEqual([status, code, '2.128']);
    expect(subjects()).toEqual([]);
    expect((await create('a')).status).toBe(201);
  });

  test('any code and text can be asked for, and none at all', async () => {
    sim.faults.add({ action: { kind: 'answer', status: 503, code: 'ConcurrentItemSave', message: 'Saved at once.' } });
    expect((await create('a')).body['error']).toMatchObject({ code: 'ConcurrentItemSave', message: 'Saved at once.' });
    sim.faults.add({ action: { kind: 'answer', status: 401, emptyBody: true } });
    const empty = await create('a');
    expect([empty.status, empty.text]).toEqual([401, '']);
  });

  test('an HTML page, a closed connection and silence', async () => {
    sim.faults.add({ action: { kind: 'html', status: 503 } });
    const answer = await create('a');
    expect([answer.status, answer.text.startsWith('<!DOCTYPE HTML')]).toEqual([503, true]);
    sim.faults.add({ action: { kind: 'drop' } });
    await expect(create('a')).rejects.toThrow();
    sim.faults.add({ action: { kind: 'hang' } });
    await createAndGiveUp('a');
    expect(subjects()).toEqual([]);
  });
});

describe('after the commit', () => {
  test('the answer is lost: the event is there, and its repetition is the same event', async () => {
    sim.faults.add({ match: { operation: 'events.create' }, action: { kind: 'drop-after-commit' } });
    await expect(create('a')).rejects.toThrow();
    expect(subjects()).toEqual(['a']);
    const [event] = sim.events(ANNA.email);
    expect((await create('a')).body['id']).toBe(event?.['id']);
    expect(subjects()).toEqual(['a']);
  });

  test('a gateway gives up, but the store has not', async () => {
    sim.faults.add({ action: { kind: 'answer-after-commit', status: 504 } });
    const answer = await create('a');
    expect([answer.status, codeOf(answer)]).toEqual([504, 'UnknownError']);
    expect(subjects()).toEqual(['a']);
  });

  test('the answer never comes, is cut, or comes in drips', async () => {
    sim.faults.add({ action: { kind: 'hang-after-commit' } });
    await createAndGiveUp('a');
    sim.faults.add({ action: { kind: 'malformed-json' } });
    await expect(create('b')).rejects.toThrow(SyntaxError);
    sim.faults.add({ action: { kind: 'slow-body', ms: 20 } });
    expect((await create('c')).body['subject']).toBe('c');
    expect(subjects()).toEqual(['a', 'b', 'c']);
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
    for (let count = 0; count < 3; count += 1) statuses.push((await callGraph(sim, ben, 'GET', 'me/events')).status);
    expect(statuses).toEqual([503, 503, 200]);
    expect((await create('a')).status).toBe(201);
  });

  test('by event and kind of operation, later, until cleared', async () => {
    const { id } = (await create('a')).body;
    const rule = sim.faults.add({
      match: { operation: 'events.*', eventId: String(id) },
      action: { kind: 'answer', status: 412 },
      times: 'until-cleared',
      skip: 1,
    });
    const change = (): Promise<Answered> =>
      callGraph(sim, tokens.access_token, 'PATCH', eventTarget(id), { subject: 'b' });
    expect((await change()).status).toBe(200);
    expect((await change()).status).toBe(412);
    expect((await change()).status).toBe(412);
    expect((await create('c')).status).toBe(201);
    sim.faults.clear(rule);
    expect((await change()).status).toBe(200);
  });
});

test('hanging answers nothing until it is switched off', async () => {
  sim.setHanging(true);
  await createAndGiveUp('a');
  sim.setHanging(false);
  expect((await create('b')).status).toBe(201);
  expect(subjects()).toEqual(['b']);
});
