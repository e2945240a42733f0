import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { DrawnFaults } from './faults.ts';

/** An answer ready to be sent. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

// Below this size compression saves nothing worth its time.
const GZIP_FROM_BYTES = 1024;
const SLOW_CHUNKS = 10;
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** A request body above the limit. */
export class BodyTooLarge extends Error {}

/** Reads the whole request body. Throws BodyTooLarge above 10 MiB. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
}

/** Sends the answer, or does with it what the drawn faults say; `signal` ends all waiting when the simulator closes. */
export async function deliver(
  response: ServerResponse,
  answer: Answer,
  drawn: DrawnFaults,
  options: { gzip: boolean; signal: AbortSignal },
): Promise<void> {
  if (drawn.latencyMs > 0) await wait(drawn.latencyMs, options.signal);
  const kind = drawn.action?.kind;
  if (kind === 'drop' || kind === 'drop-after-commit') return void response.socket?.destroy();
  // The socket stays open in silence until the other side gives up or the simulator closes.
  if (kind === 'hang' || kind === 'hang-after-commit') return;
  if (drawn.action?.kind === 'slow-body') return sendSlowly(response, answer, drawn.action.ms, options.signal);
  if (kind === 'malformed-json')
    return send(response, { ...answer, body: answer.body.slice(0, answer.body.length / 2) });
  send(response, answer, options.gzip);
}

/** Sends the answer as it is, compressed when asked for and worth it. */
export function send(response: ServerResponse, answer: Answer, gzip = false): void {
  const plain = Buffer.from(answer.body);
  const compressed = gzip && plain.length >= GZIP_FROM_BYTES;
  const body = compressed ? gzipSync(plain, { level: 1 }) : plain;
  const headers: Record<string, string> = { ...answer.headers };
  if (compressed) headers['content-encoding'] = 'gzip';
  if (answer.status !== 204 && answer.status !== 304) headers['content-length'] = String(body.length);
  response.writeHead(answer.status, headers);
  response.end(answer.status === 204 || answer.status === 304 ? undefined : body);
}

/** True when the client takes gzip. */
export function acceptsGzip(request: IncomingMessage): boolean {
  return /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
}

async function sendSlowly(response: ServerResponse, answer: Answer, ms: number, signal: AbortSignal): Promise<void> {
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, { ...answer.headers, 'content-length': String(body.length) });
  const size = Math.max(1, Math.ceil(body.length / SLOW_CHUNKS));
  for (let at = 0; at < body.length; at += size) {
    if (response.destroyed) return;
    response.write(body.subarray(at, at + size));
    await wait(ms / SLOW_CHUNKS, signal);
  }
  response.end();
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await pause(ms, undefined, { signal, ref: false });
  } catch {
    // AbortError: the simulator closes, waiting is over
  }
}
