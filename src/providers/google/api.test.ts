import { expect, test } from 'vitest';
import type { Clock } from '../../base/time.ts';
import type { HttpAnswer, HttpClient, HttpRequest } from '../kit/http-client.ts';
import { createGoogleApi, type ApiRequest, type GoogleApi } from './api.ts';
import type { GoogleConfig } from './config.ts';

const clock: Clock = { now: () => new Date('2026-11-20T12:00:00Z'), sleep: async () => undefined };
const signal = new AbortController().signal;

const CONFIG: GoogleConfig = {
  clientId: '',
  clientSecret: '',
  redirectUri: '',
  authUrl: '',
  tokenUrl: '',
  revokeUrl: '',
  jwksUrl: '',
  issuer: '',
  apiBaseUrl: 'https://api.example/google/',
};

/** An API whose HTTP calls are kept and answered by `answer`. */
function apiWith(answer: (request: HttpRequest, call: number) => HttpAnswer): { api: GoogleApi; sent: HttpRequest[] } {
  const sent: HttpRequest[] = [];
  const http: HttpClient = {
    send: async (request) => answer(request, sent.push(request) - 1),
    close: async () => undefined,
  };
  return { api: createGoogleApi(CONFIG, { http, clock }), sent };
}

/** A batch's answer: `parts` under the numbers of the calls that they answer. */
function batchAnswer(parts: [number, string][]): HttpAnswer {
  const texts = parts.map(([item, part]) => `--b\r\nContent-ID: <response-item-${item}>\r\n\r\n${part}\r\n`);
  return { status: 200, headers: { 'content-type': 'multipart/mixed; boundary=b' }, body: `${texts.join('')}--b--` };
}

function reads(count: number): ApiRequest[] {
  return Array.from({ length: count }, (_, index) => ({ method: 'GET', path: `/calendars/c/events/${index}` }));
}

test('one call goes out by itself, below the base address', async () => {
  const { api, sent } = apiWith(() => ({ status: 200, headers: { 'retry-after': '3' }, body: '{}' }));
  const request: ApiRequest = { method: 'PUT', path: '/calendars/a%40b/events/1?x=1', ifMatch: '"7"', body: { a: 1 } };
  expect(await api.send('token', [request], signal)).toEqual([
    { kind: 'answered', status: 200, retryAfterMs: 3_000, body: '{}' },
  ]);
  expect(sent[0]).toMatchObject({
    method: 'PUT',
    url: new URL('https://api.example/google/calendar/v3/calendars/a%40b/events/1?x=1'),
    headers: { authorization: 'Bearer token', 'if-match': '"7"', 'content-type': 'application/json; charset=UTF-8' },
    body: '{"a":1}',
  });
});

test('several calls go out as one batch and are answered in their own order', async () => {
  const { api, sent } = apiWith(() =>
    batchAnswer([
      [2, 'HTTP/1.1 204 No Content\r\n\r\n'],
      [0, 'HTTP/1.1 200 OK\r\nRetry-After: 1\r\n\r\n{"n":0}'],
    ]),
  );
  expect(await api.send('token', reads(3), signal)).toEqual([
    { kind: 'answered', status: 200, retryAfterMs: 1_000, body: '{"n":0}' },
    { kind: 'unanswered', sent: true, code: 'part_missing' },
    { kind: 'answered', status: 204, retryAfterMs: null, body: '' },
  ]);
  expect(sent).toHaveLength(1);
  expect(sent[0]?.url.toString()).toBe('https://api.example/google/batch/calendar/v3');
  expect(sent[0]?.body).toContain('GET /google/calendar/v3/calendars/c/events/1 HTTP/1.1\r\n');
  expect(sent[0]?.body).not.toContain('token');
});

test('more calls than a batch holds go out in several', async () => {
  const { api, sent } = apiWith((_, call) =>
    call < 2
      ? batchAnswer(
          Array.from({ length: 50 }, (__, item) => [item, `HTTP/1.1 200 OK\r\n\r\n{"n":${call * 50 + item}}`]),
        )
      : { status: 200, headers: {}, body: '{"n":100}' },
  );
  const answers = await api.send('token', reads(101), signal);
  expect(answers.map((answer) => answer.kind === 'answered' && answer.body)).toEqual(
    reads(101).map((_, n) => `{"n":${n}}`),
  );
  expect(sent).toHaveLength(3);
});

test.each([401, 403, 429, 500, 503])('%i for a batch is the answer to each call', async (status) => {
  const { api } = apiWith(() => ({ status, headers: { 'retry-after': '2' }, body: 'text' }));
  const answer = { kind: 'answered', status, retryAfterMs: 2_000, body: 'text' };
  expect(await api.send('token', reads(2), signal)).toEqual([answer, answer]);
});

test.each([204, 302, 400, 404, 413])('%i for a batch is nobody’s 404, but our mistake', async (status) => {
  const { api } = apiWith(() => ({ status, headers: {}, body: '' }));
  const answer = { kind: 'turned_away', failure: { kind: 'operator_error', code: 'batch_refused' } };
  expect(await api.send('token', reads(2), signal)).toEqual([answer, answer]);
});

test('an error that is none of the network’s is not hidden', async () => {
  const { api } = apiWith(() => {
    throw new TypeError('a bug');
  });
  await expect(api.send('token', reads(2), signal)).rejects.toThrow('a bug');
});
