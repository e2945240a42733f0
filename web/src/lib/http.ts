import type { z } from 'zod';
import { browserConnection } from './browser-connection.ts';
import { offline, Problem, problemFrom, unreachable } from './problem.ts';
import { t } from './t.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export interface Sending {
  body?: unknown;
  /** Values that are `undefined` or empty are left out. */
  query?: Readonly<Record<string, string | number | undefined>>;
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal | undefined;
  /** The answer is a stream that goes on: no limit but `signal`. */
  endless?: boolean;
}

/** Longer than any answer takes that does not wait for a calendar provider; the OAuth start is the slowest. */
const TIME_LIMIT_MS = 30_000;

/** One exchange with our own server. @throws {Problem} for every answer but a 2xx, and for none. */
export async function send(method: Method, path: string, sending: Sending = {}): Promise<Response> {
  const headers = new Headers(sending.headers);
  if (sending.body !== undefined) headers.set('content-type', 'application/json');
  const response = await answered(path + queryString(sending.query), {
    method,
    headers,
    ...(sending.body === undefined ? {} : { body: JSON.stringify(sending.body) }),
    ...signalOf(sending),
  });
  if (!response.ok) throw await problemFrom(response);
  return response;
}

/** The answer in the form that the contract promises. @throws {Problem} `unexpected_answer` when it has another. */
export async function parsed<Schema extends z.ZodType>(response: Response, schema: Schema): Promise<z.output<Schema>> {
  const result = schema.safeParse(await response.json().catch(() => undefined));
  if (result.success) return result.data;
  throw new Problem(response.status, 'unexpected_answer', t('common.problem.updated'), {}, { cause: result.error });
}

async function answered(address: string, init: RequestInit): Promise<Response> {
  // Whoever loses the connection on the way does not know what became of a request.
  const isOffline = !navigator.onLine;
  try {
    const response = await fetch(address, init);
    if (isOfProxy(response)) browserConnection.missed();
    else browserConnection.heard();
    return response;
  } catch (error) {
    if (init.signal?.aborted === true && (error as Error).name === 'AbortError') throw error;
    browserConnection.missed();
    throw isOffline && init.method !== 'GET' ? offline(error) : unreachable(error);
  }
}

/** What a proxy says when nothing answers behind it; our own refusals say what they are. */
function isOfProxy({ status, headers }: Response): boolean {
  return [502, 503, 504].includes(status) && headers.get('content-type')?.includes('problem+json') !== true;
}

function signalOf({ endless, signal }: Sending): { signal?: AbortSignal } {
  if (endless !== true) return { signal: timeLimit(signal) };
  return signal === undefined ? {} : { signal };
}

function timeLimit(signal: AbortSignal | undefined): AbortSignal {
  const limit = AbortSignal.timeout(TIME_LIMIT_MS);
  return signal === undefined ? limit : AbortSignal.any([signal, limit]);
}

function queryString(query: Sending['query']): string {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== '') parts.set(name, String(value));
  }
  return parts.size === 0 ? '' : `?${parts}`;
}
