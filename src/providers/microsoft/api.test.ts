import { expect, test } from 'vitest';
import type { Clock } from '../../base/time.ts';
import type { HttpAnswer, HttpClient, HttpRequest } from '../kit/http-client.ts';
import { AnswerLost, NotSent } from '../kit/http-failure.ts';
import { createGraphApi, type ApiRequest, type GraphApi } from './api.ts';
import { parseBatch } from './batch.ts';
import type { MicrosoftConfig } from './config.ts';

const clock: Clock = { now: () => new Date('2026-11-20T12:00:00Z'), sleep: async () => undefined };
const signal = new AbortController().signal;
const PREFER = 'IdType="ImmutableId", outlook.timezone="UTC", outlook.body-content-type="text"';

const CONFIG: MicrosoftConfig = {
  clientId: '',
  clientSecret: '',
  redirectUri: '',
  authorityUrl: '',
  graphBaseUrl: 'https://graph.example/v1.0/',
};

/** An API whose HTTP calls are kept and answered by `answer`. */
function apiWith(answer: (request: HttpRequest, call: number) => HttpAnswer): { api: GraphApi; sent: HttpRequest[] } {
  const sent: HttpRequest[] = [];
  const http: HttpClient = {
    send: async (request) => answer(request, sent.push(request) - 1),
    close: async () => undefined,
  };
  return { api: createGraphApi(CONFIG, { http, clock }), sent };
}

function reads(count: number): ApiRequest[] {
  return Array.from({ length: count }, (_, index) => ({ method: 'GET', path: `/me/events/${index}` }));
}

interface Item {
  id: string;
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

function batchAnswer(responses: Item[], status = 200): HttpAnswer {
  return { status, headers: {}, body: JSON.stringify({ responses }) };
}

function idsOf(request: HttpRequest | undefined): string[] {
  const { requests } = JSON.parse(request?.body ?? '{}') as { requests: { id: string }[] };
  return requests.map(({ id }) => id);
}

function echo(request: HttpRequest): HttpAnswer {
  return batchAnswer(idsOf(request).map((id) => ({ id, status: 200, body: { id } })));
}

test('few calls go out by themselves, below the base address, with what we wish for', async () => {
  const { api, sent } = apiWith(() => ({ status: 200, headers: { 'retry-after': '2.5' }, body: '{"a":1}' }));
  const request: ApiRequest = { method: 'PATCH', path: '/me/events/a%2Fb?x=1', body: { subject: 'x' } };
  const answered = { kind: 'answered', status: 200, retryAfterMs: 2_500, json: { a: 1 }, empty: false };
  expect(await api.send('token', [request, ...reads(2)], signal)).toEqual([answered, answered, answered]);
  expect(sent).toHaveLength(3);
  expect(sent[0]).toMatchObject({
    method: 'PATCH',
    url: 'https://graph.example/v1.0/me/events/a%2Fb?x=1',
    headers: { authorization: 'Bearer token', prefer: PREFER, 'content-type': 'application/json' },
    body: '{"subject":"x"}',
  });
  expect(sent[1]?.headers).not.toHaveProperty('content-type');
});

test('a wish for the length of pages stands beside the others', async () => {
  const { api, sent } = apiWith(() => ({ status: 200, headers: {}, body: '{}' }));
  await api.send('token', [{ method: 'GET', path: '/me/calendarView/delta', pageSize: 7 }], signal);
  expect(sent[0]?.headers?.['prefer']).toBe(`${PREFER}, odata.maxpagesize=7`);
});

test('from four calls on they are one batch, each item with its own headers', async () => {
  const { api, sent } = apiWith(() =>
    batchAnswer([
      { id: '3', status: 204 },
      { id: '0', status: 201, body: { n: 0 } },
      { id: '2', status: 404, headers: { 'Retry-After': '3' }, body: { error: { code: 'x' } } },
    ]),
  );
  const post: ApiRequest = { method: 'POST', path: '/me/events', body: { subject: 'x' } };
  const answers = await api.send('token', [post, ...reads(3)], signal);
  expect(sent.map(({ method, url }) => `${method} ${String(url)}`)).toEqual(['POST https://graph.example/v1.0/$batch']);
  expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
    requests: [
      {
        id: '0',
        method: 'POST',
        url: '/me/events',
        headers: { 'content-type': 'application/json', prefer: PREFER },
        body: { subject: 'x' },
      },
      { id: '1', method: 'GET', url: '/me/events/0', headers: { prefer: PREFER } },
      { id: '2', method: 'GET', url: '/me/events/1', headers: { prefer: PREFER } },
      { id: '3', method: 'GET', url: '/me/events/2', headers: { prefer: PREFER } },
    ],
  });
  expect(answers).toEqual([
    { kind: 'answered', status: 201, retryAfterMs: null, json: { n: 0 }, empty: false },
    { kind: 'unanswered', sent: true, code: 'part_missing' },
    { kind: 'answered', status: 404, retryAfterMs: 3_000, json: { error: { code: 'x' } }, empty: false },
    { kind: 'answered', status: 204, retryAfterMs: null, json: undefined, empty: true },
  ]);
});

test('no batch holds more than twenty, and one follows the other', async () => {
  const { api, sent } = apiWith((request) =>
    request.url.toString().endsWith('$batch') ? echo(request) : { status: 200, headers: {}, body: '{}' },
  );
  expect(await api.send('token', reads(45), signal)).toHaveLength(45);
  expect(sent.map((request) => idsOf(request).length)).toEqual([20, 20, 5]);
});

test('throttled items of a batch all wait as long as the longest, also when the batch says 424', async () => {
  const items: Item[] = [
    { id: '0', status: 429, headers: { 'Retry-After': '2' } },
    { id: '1', status: 200, body: {} },
    { id: '2', status: 429, headers: { 'retry-after': 'Fri, 20 Nov 2026 12:00:09 GMT' } },
    { id: '3', status: 429 },
  ];
  for (const status of [200, 424]) {
    const { api } = apiWith(() => batchAnswer(items, status));
    const answers = await api.send('token', reads(4), signal);
    expect(answers.map((answer) => answer.kind === 'answered' && [answer.status, answer.retryAfterMs])).toEqual([
      [429, 9_000],
      [200, null],
      [429, 9_000],
      [429, 9_000],
    ]);
  }
});

test('after a throttled batch the next one is not sent', async () => {
  const { api, sent } = apiWith((request) =>
    batchAnswer(idsOf(request).map((id) => ({ id, status: 429, headers: { 'Retry-After': '4' } }))),
  );
  const answers = await api.send('token', reads(21), signal);
  expect(sent).toHaveLength(1);
  expect(answers.at(-1)).toEqual({
    kind: 'turned_away',
    failure: { kind: 'retry_later', code: 'rate_limited', afterMs: 4_000, scope: 'connection' },
  });
});

test.each([401, 429, 503])('%i for a whole batch is every item’s', async (status) => {
  const { api } = apiWith(() => ({ status, headers: { 'retry-after': '1' }, body: '{"error":{"code":"x"}}' }));
  for (const answer of await api.send('token', reads(4), signal)) {
    expect(answer).toEqual({
      kind: 'answered',
      status,
      retryAfterMs: 1_000,
      json: { error: { code: 'x' } },
      empty: false,
    });
  }
});

test('a batch that is refused as such is our mistake', async () => {
  const { api } = apiWith(() => ({ status: 400, headers: {}, body: '{"error":{"code":"BadRequest"}}' }));
  for (const answer of await api.send('token', reads(4), signal)) {
    expect(answer).toEqual({ kind: 'turned_away', failure: { kind: 'operator_error', code: 'batch_refused' } });
  }
});

test('a page instead of a batch’s answer tells nothing of what was done', async () => {
  const { api } = apiWith(() => ({ status: 200, headers: {}, body: '<html>' }));
  for (const answer of await api.send('token', reads(4), signal)) {
    expect(answer).toEqual({ kind: 'answered', status: 200, retryAfterMs: null, json: undefined, empty: false });
  }
});

test.each([
  [new NotSent('unreachable'), false, 'unreachable'],
  [new AnswerLost('timeout'), true, 'timeout'],
])('%s befalls every call of its request', async (error, sentAtAll, code) => {
  const { api } = apiWith(() => {
    throw error;
  });
  for (const count of [1, 4]) {
    for (const answer of await api.send('token', reads(count), signal)) {
      expect(answer).toEqual({ kind: 'unanswered', sent: sentAtAll, code });
    }
  }
});

test('links are followed on our own server only', () => {
  const { api } = apiWith(() => expect.fail('nothing is sent'));
  expect(api.pathOf('https://graph.example/v1.0/me/calendarView/delta?$skiptoken=a%2Bb')).toBe(
    '/me/calendarView/delta?$skiptoken=a%2Bb',
  );
  for (const link of [
    'https://evil.example/v1.0/me',
    'http://graph.example/v1.0/me',
    'https://graph.example/beta/me',
    'https://graph.example.evil.example/v1.0/me',
    '/me',
    '',
  ]) {
    expect(api.pathOf(link)).toBeNull();
  }
});

test('what is no batch’s answer is told apart, and foreign ids are passed over', () => {
  expect(parseBatch({ value: [] })).toBeNull();
  expect(
    parseBatch({
      responses: [
        { id: 'x', status: 200 },
        { id: '1', status: 200 },
        { id: '1', status: 500 },
      ],
    }),
  ).toEqual(new Map([[1, { status: 200, headers: {}, json: undefined }]]));
});
