import { randomUUID } from 'node:crypto';
import type { Clock } from '../../base/time.ts';
import { checkedEndpoint } from '../kit/endpoint.ts';
import { heldUp, type TurnedAway } from '../kit/held-up.ts';
import type { HttpAnswer, HttpClient } from '../kit/http-client.ts';
import { retryAfterMs } from '../kit/retry-after.ts';
import { unanswered, type Unanswered } from '../kit/unanswered.ts';
import { buildBatch, parseBatch, type BatchPart, type BatchRequest } from './batch.ts';
import type { GoogleConfig } from './config.ts';
import { BATCH_SIZE } from './limits.ts';

/** One call of the Calendar API. */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With its query, after `/calendar/v3`. */
  path: string;
  ifMatch?: string | undefined;
  /** JSON. */
  body?: unknown;
}

/** What came of a call. */
export type ApiAnswer =
  | { kind: 'answered'; status: number; retryAfterMs: number | null; body: string }
  | Unanswered
  | TurnedAway;

export interface GoogleApi {
  /**
   * Carries out calls that do not depend on each other: one by itself, several as one batch.
   * @returns the answers, in the order of the requests
   */
  send(accessToken: string, requests: readonly ApiRequest[], signal: AbortSignal): Promise<ApiAnswer[]>;
}

export interface GoogleDeps {
  http: HttpClient;
  clock: Clock;
}

/** The thin client of the Calendar API, version 3. @throws {UnsafeEndpoint} */
export function createGoogleApi(config: GoogleConfig, deps: GoogleDeps): GoogleApi {
  const root = checkedEndpoint(config.apiBaseUrl.replace(/\/+$/, ''));
  const prefix = root.pathname === '/' ? '' : root.pathname;
  return { send };

  async function send(token: string, requests: readonly ApiRequest[], signal: AbortSignal): Promise<ApiAnswer[]> {
    const answers: ApiAnswer[] = [];
    for (let from = 0; from < requests.length; from += BATCH_SIZE) {
      const chunk = requests.slice(from, from + BATCH_SIZE);
      const held = heldUp(answers);
      answers.push(...(held ? chunk.map(() => held) : await sendChunk(token, chunk, signal)));
    }
    return answers;
  }

  async function sendChunk(token: string, chunk: readonly ApiRequest[], signal: AbortSignal): Promise<ApiAnswer[]> {
    try {
      const [only] = chunk;
      if (chunk.length === 1 && only) return [await sendOne(token, only, signal)];
      return await sendBatch(token, chunk, signal);
    } catch (error) {
      const lost = unanswered(error);
      return chunk.map(() => lost);
    }
  }

  async function sendOne(token: string, request: ApiRequest, signal: AbortSignal): Promise<ApiAnswer> {
    const { method, path, headers, body } = wireForm(request);
    const authorized = { ...headers, authorization: `Bearer ${token}` };
    return answered(await deps.http.send({ method, url: new URL(path, root), headers: authorized, body }, signal));
  }

  async function sendBatch(token: string, chunk: readonly ApiRequest[], signal: AbortSignal): Promise<ApiAnswer[]> {
    const boundary = `batch_${randomUUID()}`;
    const answer = await deps.http.send(
      {
        method: 'POST',
        url: new URL(`${prefix}/batch/calendar/v3`, root),
        headers: { authorization: `Bearer ${token}`, 'content-type': `multipart/mixed; boundary=${boundary}` },
        body: buildBatch(chunk.map(wireForm), boundary),
      },
      signal,
    );
    if (answer.status !== 200) return chunk.map(() => wholeBatch(answer));
    const parts = parseBatch(answer.headers['content-type'], answer.body);
    return chunk.map((_, index) => {
      const part = parts.get(index);
      return part ? answered(part) : { kind: 'unanswered', sent: true, code: 'part_missing' };
    });
  }

  function wireForm(request: ApiRequest): BatchRequest & Pick<ApiRequest, 'method'> {
    const headers: Record<string, string> = {};
    if (request.ifMatch !== undefined) headers['if-match'] = request.ifMatch;
    if (request.body !== undefined) headers['content-type'] = 'application/json; charset=UTF-8';
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    return { method: request.method, path: `${prefix}/calendar/v3${request.path}`, headers, body };
  }

  function answered(answer: HttpAnswer | BatchPart): ApiAnswer {
    const wait = retryAfterMs(answer.headers['retry-after'], deps.clock.now());
    return { kind: 'answered', status: answer.status, retryAfterMs: wait, body: answer.body };
  }

  /** Token, permission, throttle and server faults hold for every part; any other says that our batch itself is wrong. */
  function wholeBatch(answer: HttpAnswer): ApiAnswer {
    const { status } = answer;
    if (status === 401 || status === 403 || status === 429 || status >= 500) return answered(answer);
    return { kind: 'turned_away', failure: { kind: 'operator_error', code: 'batch_refused' } };
  }
}
