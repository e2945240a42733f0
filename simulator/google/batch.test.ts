import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { standingClock } from '../kit/test-client.ts';
import type { JsonObject } from '../kit/json.ts';
import type { GoogleSimulator } from './server.ts';
import { ANNA, BEN, anEvent, callApi, signIn, startForTest } from './test-client.ts';

interface Part {
  id: string;
  method: string;
  target: string;
  body?: JsonObject;
  headers?: Record<string, string>;
}

interface PartAnswer {
  status: number;
  headers: string;
  body: JsonObject;
}

let sim: GoogleSimulator;
let token: string;

beforeEach(async () => {
  sim = await startForTest({ clock: standingClock(), seed: 7 });
  token = (await signIn(sim)).access_token;
});

afterEach(async () => {
  await sim.close();
});

function write(parts: Part[], boundary = 'b_1'): string {
  const written = parts.map(({ id, method, target, body, headers }) => {
    const text = body === undefined ? '' : JSON.stringify(body);
    const lines = Object.entries({
      ...(body === undefined
        ? {}
        : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)) }),
      ...headers,
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    const outer = `--${boundary}\r\nContent-Type: application/http\r\nContent-ID: <${id}>\r\n\r\n`;
    return `${outer}${method} /calendar/v3/${target} HTTP/1.1\r\n${lines.join('')}\r\n${text}\r\n`;
  });
  return `${written.join('')}--${boundary}--\r\n`;
}

function post(body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${sim.url}/batch/calendar/v3`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'multipart/mixed; boundary="b_1"', ...headers },
    body,
  });
}

async function batch(
  parts: Part[],
  headers?: Record<string, string>,
): Promise<{ order: string[]; byId: Map<string, PartAnswer> }> {
  const response = await post(write(parts), headers);
  expect(response.status).toBe(200);
  const boundary = /boundary=(\S+)$/.exec(response.headers.get('content-type') ?? '')?.[1] ?? '';
  const text = await response.text();
  const byId = new Map<string, PartAnswer>();
  for (const piece of text.split(`--${boundary}`).slice(1, -1)) {
    const [outer = '', head = '', body = ''] = piece.split('\r\n\r\n');
    const id = /Content-ID: <response-(\S+)>/.exec(outer)?.[1] ?? '';
    const status = Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]);
    byId.set(id, { status, headers: head, body: body.trim() === '' ? {} : (JSON.parse(body) as JsonObject) });
  }
  expect(text.replaceAll('\r\n', '').includes('\r')).toBe(false);
  return { order: [...byId.keys()], byId };
}

function insertPart(number: number, more: JsonObject = {}): Part {
  return {
    id: `p${number}`,
    method: 'POST',
    target: 'calendars/primary/events?sendUpdates=none',
    body: anEvent({ id: `vc00${number}`, summary: 'Küche 🧽', ...more }),
  };
}

test('each part has its own outcome, in any order', async () => {
  await callApi(sim, token, 'POST', 'calendars/primary/events', anEvent({ id: 'vc009' }));
  await callApi(sim, token, 'DELETE', 'calendars/primary/events/vc009');
  const parts: Part[] = [
    insertPart(1),
    insertPart(2, { end: null }),
    { id: 'gone', method: 'DELETE', target: 'calendars/primary/events/vc009' },
    {
      id: 'stale',
      method: 'PUT',
      target: 'calendars/primary/events/vc404',
      body: anEvent(),
      headers: { 'If-Match': '"1"' },
    },
    { id: 'nowhere', method: 'GET', target: 'nothing/here' },
    ...[3, 4, 5, 6].map((number) => insertPart(number)),
  ];
  const { order, byId } = await batch(parts);
  expect([...byId].map(([id, { status }]) => `${id} ${status}`).toSorted()).toEqual([
    'gone 410',
    'nowhere 404',
    'p1 200',
    'p2 400',
    'p3 200',
    'p4 200',
    'p5 200',
    'p6 200',
    'stale 404',
  ]);
  expect(order).not.toEqual(parts.map((part) => part.id));
  expect(byId.get('p1')?.body).toMatchObject({ id: 'vc001', summary: 'Küche 🧽' });
  expect(byId.get('p1')?.headers).toContain(`ETag: ${String(byId.get('p1')?.body['etag'])}`);
  const logged = sim.requests().at(-1);
  expect(logged).toMatchObject({ operation: 'batch', status: 200, account: ANNA.email });
  expect(logged?.parts?.map((part) => part.contentId)).toEqual(parts.map((part) => `<${part.id}>`));
});

test('204 parts carry no body', async () => {
  await batch([insertPart(1)]);
  const { byId } = await batch([{ id: 'd', method: 'DELETE', target: 'calendars/primary/events/vc001' }]);
  expect(byId.get('d')).toMatchObject({ status: 204, body: {} });
});

test('a part may carry its own authorization', async () => {
  const ben = (await signIn(sim, { email: BEN.email })).access_token;
  await batch([{ ...insertPart(1), headers: { Authorization: `Bearer ${ben}` } }, insertPart(2)]);
  expect(sim.events(BEN.email).map((event) => event['id'])).toEqual(['vc001']);
  expect(sim.events(ANNA.email).map((event) => event['id'])).toEqual(['vc002']);
});

test('two writes of one event clash', async () => {
  await batch([insertPart(1)]);
  const target = 'calendars/primary/events/vc001';
  const { byId } = await batch([
    { id: 'a', method: 'PUT', target, body: anEvent() },
    { id: 'b', method: 'PUT', target, body: anEvent() },
  ]);
  expect([...byId.values()].map(({ status }) => status).toSorted()).toEqual([200, 409]);
});

test('every part costs quota and those beyond the burst limit of a calendar are refused', async () => {
  sim.changeSettings({ quota: { calendarWritesPerSecond: 5 } });
  const { byId } = await batch([1, 2, 3, 4, 5, 6, 7].map((number) => insertPart(number)));
  const refused = [...byId.values()].filter(({ status }) => status === 403);
  expect(refused).toHaveLength(2);
  expect(refused[0]?.body).toMatchObject({
    error: { errors: [{ domain: 'usageLimits', reason: 'rateLimitExceeded' }] },
  });
  expect(sim.events(ANNA.email)).toHaveLength(5);
  expect(sim.accounts()[0]?.usedUnits).toBe(7);
});

test('a part that is told to wait speaks for the whole account', async () => {
  sim.faults.add({ match: { part: 1 }, action: { kind: 'answer', status: 429, retryAfterSeconds: 3 } });
  await batch([insertPart(1), insertPart(2)]);
  expect(sim.requests().at(-1)?.flags).toEqual([]);
  await batch([insertPart(1), insertPart(3)]);
  expect(sim.requests().at(-1)?.flags).toEqual(['RETRY-AFTER NOT HONOURED']);
});

test('nobody is expected to wait who never heard of it', async () => {
  sim.faults.add({ match: { part: 1 }, action: { kind: 'answer', status: 429, retryAfterSeconds: 3 } });
  sim.faults.add({ match: { part: 2 }, action: { kind: 'drop-after-commit' } });
  await expect(batch([insertPart(1), insertPart(2)])).rejects.toThrow();
  await batch([insertPart(1)]);
  expect(sim.requests().flatMap(({ flags }) => flags)).toEqual([]);
});

describe('a batch is refused as a whole', () => {
  test('with a dead token', async () => {
    sim.expireAccessTokens();
    expect((await post(write([insertPart(1)]))).status).toBe(401);
  });

  test('with more than 1,000 parts', async () => {
    const parts = Array.from({ length: 1001 }, (_, index) => ({ id: `p${index}`, method: 'GET', target: 'colors' }));
    expect((await post(write(parts))).status).toBe(400);
  });

  test.each([
    [
      'without a boundary',
      write([{ id: 'a', method: 'GET', target: 'colors' }]),
      { 'content-type': 'multipart/mixed' },
    ],
    ['with bare line feeds', write([{ id: 'a', method: 'GET', target: 'colors' }]).replaceAll('\r\n', '\n'), {}],
    ['without an end', write([{ id: 'a', method: 'GET', target: 'colors' }]).replace('--b_1--', '--b_1'), {}],
    ['with one Content-ID twice', write([1, 2].map(() => ({ id: 'a', method: 'GET', target: 'colors' }))), {}],
    ['with a wrong inner length', write([{ ...insertPart(1), headers: { 'Content-Length': '3' } }]), {}],
  ])('%s', async (_name, body, headers) => {
    expect((await post(body, headers)).status).toBe(400);
    expect(sim.events(ANNA.email)).toEqual([]);
  });
});

describe('faults in a batch', () => {
  test('the n-th part fails and the others do not', async () => {
    sim.faults.add({ match: { inBatch: true, part: 2 }, action: { kind: 'answer', status: 503 } });
    const { byId } = await batch([1, 2, 3].map((number) => insertPart(number)));
    expect(byId.get('p2')).toMatchObject({ status: 503, body: { error: { errors: [{ reason: 'backendError' }] } } });
    expect(
      sim
        .events(ANNA.email)
        .map((event) => event['id'])
        .toSorted(),
    ).toEqual(['vc001', 'vc003']);
    expect(sim.requests().at(-1)?.parts?.[1]).toMatchObject({ fault: 'answer', status: 503 });
  });

  test('a lost answer leaves everything done', async () => {
    sim.faults.add({ match: { operation: 'batch' }, action: { kind: 'drop-after-commit' } });
    await expect(post(write([insertPart(1), insertPart(2)]))).rejects.toThrow();
    expect(sim.events(ANNA.email)).toHaveLength(2);
  });

  test('a crash in the middle leaves a part of it done', async () => {
    sim.faults.add({
      match: { operation: 'events.insert' },
      skip: 2,
      action: { kind: 'drop-after-commit', abortBatch: true },
    });
    await expect(post(write([1, 2, 3, 4, 5].map((number) => insertPart(number))))).rejects.toThrow();
    expect(sim.events(ANNA.email)).toHaveLength(3);
  });
});
