import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../kit/json.ts';
import type { Answered } from '../kit/test-client.ts';
import type { MicrosoftSimulator } from './server.ts';
import { ANNA, IMMUTABLE, anEvent, callGraph, codeOf, signIn, startForTest } from './test-client.ts';

const JSON_HEADERS = { 'Content-Type': 'application/json', Prefer: IMMUTABLE.prefer };

let sim: MicrosoftSimulator;
let token: string;

beforeEach(async () => {
  sim = await startForTest({ seed: 11 });
  token = (await signIn(sim)).access_token;
});

afterEach(async () => {
  await sim.close();
});

function batch(requests: unknown): Promise<Answered> {
  return callGraph(sim, token, 'POST', '$batch', { requests });
}

function insert(id: string, more: JsonObject = {}): JsonObject {
  return { id, method: 'POST', url: '/me/events', headers: JSON_HEADERS, body: anEvent({ subject: id, ...more }) };
}

function inserts(count: number): JsonObject[] {
  return Array.from({ length: count }, (_, index) => insert(String(index + 1)));
}

function responsesOf(answer: Answered): (JsonObject & { id: string; status: number })[] {
  return answer.body['responses'] as (JsonObject & { id: string; status: number })[];
}

function subjects(): unknown[] {
  return sim.events(ANNA.email).map(({ subject }) => subject);
}

test('items are done and answered in any order, each by its id', async () => {
  const answer = await batch(inserts(20));
  expect(answer.status).toBe(200);
  const responses = responsesOf(answer);
  expect(responses.map(({ id }) => id)).not.toEqual(inserts(20).map(({ id }) => id));
  for (const { id, status, body } of responses) {
    expect(status).toBe(201);
    expect((body as JsonObject)['subject']).toBe(id);
  }
  expect(subjects()).not.toEqual(inserts(20).map(({ id }) => id));
  expect(sim.requests().at(-1)).toMatchObject({ operation: 'batch', status: 200, flags: [] });
  expect(
    sim
      .requests()
      .at(-1)
      ?.parts?.map(({ contentId }) => contentId),
  ).toEqual(inserts(20).map(({ id }) => id));
});

test('an item is judged by itself', async () => {
  const { id } = sim.create(ANNA.email, 'primary', anEvent());
  const url = `/me/events/${encodeURIComponent(String(id))}`;
  const responses = responsesOf(
    await batch([
      { id: 'gone', method: 'DELETE', url: '/me/events/nonsense', headers: IMMUTABLE },
      { id: 'patch', method: 'PATCH', url, headers: JSON_HEADERS, body: { subject: 'Mine' } },
      insert('wrong', { showAs: 'asleep' }),
    ]),
  );
  const statuses = Object.fromEntries(responses.map((response) => [response.id, response.status]));
  expect(statuses).toEqual({ gone: 400, patch: 200, wrong: 400 });
  expect(subjects()).toEqual(['Mine']);
});

test('headers of the batch are not handed down', async () => {
  const { headers: _headers, ...bare } = insert('1');
  const [response] = responsesOf(await batch([{ ...bare, headers: { 'Content-Type': 'application/json' } }]));
  const id = (response?.['body'] as JsonObject | undefined)?.['id'];
  expect(id).toMatch(/^AAMk/);
  expect(sim.requests().at(-1)?.flags).toEqual(['ids that change with every move']);
});

test.each([
  ['21 items', inserts(21)],
  ['no items', []],
  ['the same id in other case', [insert('a'), insert('A')]],
  ['an item without an id', [{ method: 'GET', url: '/me' }]],
  ['an absolute address', [{ id: '1', method: 'GET', url: 'https://graph.microsoft.com/v1.0/me' }]],
  ['a batch in a batch', [{ id: '1', method: 'POST', url: '/$batch', headers: JSON_HEADERS, body: {} }]],
  ['a body without its type', [{ id: '1', method: 'POST', url: '/me/events', body: anEvent() }]],
  ['a POST without a body', [{ id: '1', method: 'POST', url: '/me/events' }]],
  ['an unknown prerequisite', [{ ...insert('1'), dependsOn: ['9'] }]],
  ['a mixed order', [insert('1'), insert('2'), { ...insert('3'), dependsOn: ['2'] }]],
])('%s is refused as a whole', async (_name, requests) => {
  const answer = await batch(requests);
  expect(answer.status).toBe(400);
  expect(codeOf(answer)).toBe('BadRequest');
  expect(subjects()).toEqual([]);
});

describe('items that depend on each other', () => {
  test('run one after the other', async () => {
    const chain = inserts(4).map((item, index) => (index === 0 ? item : { ...item, dependsOn: [String(index)] }));
    await batch(chain);
    expect(subjects()).toEqual(['1', '2', '3', '4']);
  });

  test('fail with the one they depend on', async () => {
    const star = [
      insert('1', { showAs: 'asleep' }),
      ...inserts(3)
        .slice(1)
        .map((item) => ({ ...item, dependsOn: ['1'] })),
    ];
    const statuses = responsesOf(await batch(star)).map(({ id, status }) => [id, status]);
    expect(Object.fromEntries(statuses)).toEqual({ 1: 400, 2: 424, 3: 424 });
    expect(subjects()).toEqual([]);
  });
});

describe('throttled items', () => {
  const THROTTLED = { kind: 'answer', status: 429, retryAfter: 2 } as const;

  test('answer 429 by themselves, with the time to wait', async () => {
    sim.faults.add({ match: { inBatch: true, part: 2 }, action: THROTTLED });
    const answer = await batch(inserts(3));
    expect(answer.status).toBe(200);
    const second = responsesOf(answer).find(({ id }) => id === '2');
    expect(second).toMatchObject({ status: 429, headers: { 'Retry-After': '2' } });
    expect(subjects()).toHaveLength(2);
  });

  test('make the whole a 424, when switched', async () => {
    sim.changeSettings({ throttledBatchStatus: 424 });
    sim.faults.add({ match: { inBatch: true, part: 2 }, action: THROTTLED });
    const answer = await batch(inserts(3));
    expect(answer.status).toBe(424);
    expect(responsesOf(answer)).toHaveLength(3);
    expect((await batch(inserts(3))).status).toBe(200);
  });
});

describe('a lost answer', () => {
  test('after all was done', async () => {
    sim.faults.add({ match: { operation: 'batch' }, action: { kind: 'drop-after-commit' } });
    await expect(batch(inserts(3))).rejects.toThrow();
    expect(subjects()).toHaveLength(3);
  });

  test('half way, the rest undone', async () => {
    sim.faults.add({ match: { inBatch: true }, skip: 1, action: { kind: 'drop-after-commit', abortBatch: true } });
    await expect(batch(inserts(5))).rejects.toThrow();
    expect(subjects()).toHaveLength(2);
  });

  test('as a 504 after the commit of one item', async () => {
    sim.faults.add({ match: { part: 1 }, action: { kind: 'answer-after-commit', status: 504 } });
    const first = responsesOf(await batch(inserts(2))).find(({ id }) => id === '1');
    expect(first).toMatchObject({ status: 504, body: { error: { code: 'UnknownError', message: '' } } });
    expect(subjects()).toHaveLength(2);
  });
});
