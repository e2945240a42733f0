import { randomUUID } from 'node:crypto';
import type { Clock } from '../../base/time.ts';
import type { Zones } from '../../zones/zones.ts';
import { checkedEndpoint } from '../kit/endpoint.ts';
import { heldUp, type TurnedAway } from '../kit/held-up.ts';
import type { HttpAnswer, HttpClient } from '../kit/http-client.ts';
import { parseJson } from '../kit/read-body.ts';
import { retryAfterMs } from '../kit/retry-after.ts';
import { unanswered, type Unanswered } from '../kit/unanswered.ts';
import { buildBatch, parseBatch, type BatchItem, type BatchRequest } from './batch.ts';
import type { MicrosoftConfig } from './config.ts';
import { BATCH_FROM, BATCH_SIZE } from './limits.ts';

/** One call of Graph. */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** With its query, after `/v1.0`. */
  path: string;
  /** JSON. */
  body?: unknown;
  /** A wish about the length of pages. */
  pageSize?: number;
}

/** What came of a call. */
export type ApiAnswer =
  /** `json`: `undefined` when the body is none; `empty`: there was no body at all. */
  | { kind: 'answered'; status: number; retryAfterMs: number | null; json: unknown; empty: boolean }
  | Unanswered
  | TurnedAway;

export interface GraphApi {
  /**
   * Carries out calls that do not depend on each other: a few side by side, many as batches, one after another.
   * @returns the answers, in the order of the requests
   */
  send(accessToken: string, requests: readonly ApiRequest[], signal: AbortSignal): Promise<ApiAnswer[]>;
  /** A link that an answer gave, as the path of a call; `null` when it leads elsewhere. */
  pathOf(link: string): string | null;
}

export interface MicrosoftDeps {
  http: HttpClient;
  clock: Clock;
  zones: Zones;
}

/**
 * Asked for in every call, items of batches included: nothing is inherited, and an id of the other kind would be another
 * id (https://learn.microsoft.com/graph/outlook-immutable-id).
 */
const PREFER = 'IdType="ImmutableId", outlook.timezone="UTC", outlook.body-content-type="text"';

/** The thin client of Microsoft Graph, version 1.0. @throws {UnsafeEndpoint} */
export function createGraphApi(config: MicrosoftConfig, deps: Pick<MicrosoftDeps, 'http' | 'clock'>): GraphApi {
  const root = checkedEndpoint(config.graphBaseUrl.replace(/\/+$/, '')).href.replace(/\/$/, '');
  return { send, pathOf };

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
    if (chunk.length < BATCH_FROM) return Promise.all(chunk.map((request) => sendOne(token, request, signal)));
    return sendBatch(token, chunk, signal).catch((error: unknown) => {
      const lost = unanswered(error);
      return chunk.map(() => lost);
    });
  }

  async function sendOne(token: string, request: ApiRequest, signal: AbortSignal): Promise<ApiAnswer> {
    const { method, path, headers, body } = wireForm(request);
    const text = body === undefined ? undefined : JSON.stringify(body);
    return post(method, path, headers, text, token, signal).then(fromHttp, unanswered);
  }

  async function sendBatch(token: string, chunk: readonly ApiRequest[], signal: AbortSignal): Promise<ApiAnswer[]> {
    const headers = { 'content-type': 'application/json', prefer: PREFER };
    const answer = await post('POST', '/$batch', headers, buildBatch(chunk.map(wireForm)), token, signal);
    // A batch with throttled items has been answered with 424 by some servers: what it says of its items counts.
    const items = parseBatch(parseJson(answer.body));
    if (!items) return chunk.map(() => wholeBatch(answer));
    return withLongestWait(
      chunk.map((_, index) => {
        const item = items.get(index);
        return item ? fromItem(item) : { kind: 'unanswered', sent: true, code: 'part_missing' };
      }),
    );
  }

  function post(
    method: ApiRequest['method'],
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string | undefined,
    token: string,
    signal: AbortSignal,
  ): Promise<HttpAnswer> {
    const authorized = { ...headers, authorization: `Bearer ${token}`, 'client-request-id': randomUUID() };
    return deps.http.send({ method, url: `${root}${path}`, headers: authorized, body }, signal);
  }

  function fromHttp({ status, headers, body }: HttpAnswer): ApiAnswer {
    const wait = retryAfterMs(headers['retry-after'], deps.clock.now());
    return { kind: 'answered', status, retryAfterMs: wait, json: parseJson(body), empty: body === '' };
  }

  function fromItem({ status, headers, json }: BatchItem): ApiAnswer {
    const wait = retryAfterMs(headers['retry-after'], deps.clock.now());
    return { kind: 'answered', status, retryAfterMs: wait, json, empty: json === undefined || json === null };
  }

  /** Token, permission, throttle and server faults hold for every item; any other says that our batch itself is wrong. */
  function wholeBatch(answer: HttpAnswer): ApiAnswer {
    const { status } = answer;
    const every = status < 300 || [401, 403, 408, 424, 429].includes(status) || status >= 500;
    if (every) return fromHttp(answer);
    return { kind: 'turned_away', failure: { kind: 'operator_error', code: 'batch_refused' } };
  }

  function pathOf(link: string): string | null {
    const url = URL.parse(link);
    return url?.href.startsWith(`${root}/`) ? url.href.slice(root.length) : null;
  }
}

function wireForm({ method, path, body, pageSize }: ApiRequest): BatchRequest & Pick<ApiRequest, 'method'> {
  const prefer = pageSize === undefined ? PREFER : `${PREFER}, odata.maxpagesize=${pageSize}`;
  if (body === undefined) return { method, path, headers: { prefer } };
  return { method, path, headers: { 'content-type': 'application/json', prefer }, body };
}

/** Every item waits for its own throttle, but the mailbox is one: whoever comes back early would be sent away again. */
function withLongestWait(answers: ApiAnswer[]): ApiAnswer[] {
  const throttled = (answer: ApiAnswer): boolean => answer.kind === 'answered' && answer.status === 429;
  const waits = answers.flatMap((answer) =>
    answer.kind === 'answered' && throttled(answer) ? [answer.retryAfterMs ?? 0] : [],
  );
  const longest = Math.max(0, ...waits);
  if (longest === 0) return answers;
  return answers.map((answer) => (throttled(answer) ? { ...answer, retryAfterMs: longest } : answer));
}
