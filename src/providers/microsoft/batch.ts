import { readValue } from '../kit/read-body.ts';
import { batchAnswerSchema } from './schema.ts';

/** One call inside a batch: its address relative to the API's version. */
export interface BatchRequest {
  method: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  body?: unknown;
}

/** One answer inside a batch's answer; header names in lower case. */
export interface BatchItem {
  status: number;
  headers: Record<string, string>;
  json: unknown;
}

/**
 * Calls as the body of a `$batch` (https://learn.microsoft.com/graph/json-batching). The n-th, from 0, is called n. No
 * call waits for another: one that fails would take those behind it along.
 */
export function buildBatch(requests: readonly BatchRequest[]): string {
  return JSON.stringify({
    requests: requests.map(({ method, path, headers, body }, index) => ({
      id: String(index),
      method,
      url: path,
      headers,
      ...(body === undefined ? {} : { body }),
    })),
  });
}

/**
 * Reads a batch's answer. Items are found by their id, never by their order.
 * @returns the item that answers the n-th call under n; `null` when it is no batch's answer
 */
export function parseBatch(json: unknown): Map<number, BatchItem> | null {
  const answer = readValue(batchAnswerSchema, json);
  if (!answer) return null;
  const items = new Map<number, BatchItem>();
  for (const { id, status, headers, body } of answer.responses) {
    const index = /^\d{1,3}$/.test(id) ? Number(id) : null;
    if (index !== null && !items.has(index))
      items.set(index, { status, headers: lowerCase(headers ?? {}), json: body });
  }
  return items;
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
