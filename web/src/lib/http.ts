import type { z } from 'zod';
import { Problem, problemFrom, unreachable } from './problem.ts';
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
  try {
    return await fetch(address, init);
  } catch (error) {
    if (init.signal?.aborted === true && (error as Error).name === 'AbortError') throw error;
    throw unreachable(error);
  }
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
