import { createHash, randomBytes } from 'node:crypto';
import type { JsonObject } from './json.ts';

/** A clock that stands still until it is moved. */
export function standingClock(start = '2026-03-01T08:00:00Z'): { now(): Date; advance(ms: number): void } {
  let now = Date.parse(start);
  return { now: () => new Date(now), advance: (ms) => void (now += ms) };
}

/** An answer with its body parsed. */
export interface Answered {
  status: number;
  headers: Headers;
  body: JsonObject;
  text: string;
}

/** A PKCE verifier with its challenge. */
export function pkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** Sends a request and reads the whole answer. Throws SyntaxError for JSON that is none. */
export async function request(url: string, init: RequestInit): Promise<Answered> {
  const response = await fetch(url, init);
  const text = await response.text();
  const json = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: json && text !== '' ? (JSON.parse(text) as JsonObject) : {},
  };
}
