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

/** Reads the whole request body. Rejects with BodyTooLarge above 10 MiB, or when the connection breaks. */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
      else reject(new BodyTooLarge());
    });
    request.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

/** Sends the answer, or does with it what the drawn faults say; `signal` ends all waiting when the simulator closes. */
export async function deliver(
  response: ServerResponse,
  answer: Answer,
  drawn: DrawnFaults<unknown>,
  options: { gzip: boolean; signal: AbortSignal; beforeSending?: () => void },
): Promise<void> {
  if (drawn.latencyMs > 0) await wait(drawn.latencyMs, options.signal);
  const kind = drawn.action?.kind;
  if (kind === 'drop' || kind === 'drop-after-commit') return void response.socket?.destroy();
  // The socket stays open in silence until the other side gives up or the simulator closes.
  if (kind === 'hang' || kind === 'hang-after-commit') return;
  options.beforeSending?.();
  if (drawn.action?.kind === 'slow-body') return sendSlowly(response, answer, drawn.action.ms, options.signal);
  if (kind === 'malformed-json')
    return send(response, { ...answer, body: answer.body.slice(0, answer.body.length / 2) });
  send(response, answer, options.gzip);
}

/** Sends the answer as it is, compressed when asked for and worth it. */
export function send(response: ServerResponse, answer: Answer, gzip = false): void {
  const headers: Record<string, string> = { ...answer.headers };
  if (answer.status === 204 || answer.status === 304) {
    response.writeHead(answer.status, headers);
    response.end();
    return;
  }
  const compressed = gzip && answer.body.length >= GZIP_FROM_BYTES;
  // A text goes out in one write with the headers, bytes would take two.
  const body = compressed ? gzipSync(answer.body, { level: 1 }) : answer.body;
  if (compressed) headers['content-encoding'] = 'gzip';
  headers['content-length'] = String(Buffer.byteLength(body));
  response.writeHead(answer.status, headers);
  response.end(body);
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
