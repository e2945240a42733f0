import type { IncomingMessage } from 'node:http';

/** A request that has arrived whole. */
export interface Arrived {
  method: string;
  target: string;
  url: URL;
  /** Names in lower case. */
  headers: Record<string, string | undefined>;
  body: Buffer;
  /** True when it came over the loopback interface. */
  local: boolean;
}

/** Reads a request; `origin` is the simulator's own. */
export function arrive(origin: string, request: IncomingMessage, body: Buffer): Arrived {
  const target = request.url ?? '/';
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const address = request.socket.remoteAddress ?? '';
  return {
    method: request.method ?? 'GET',
    target,
    url: URL.canParse(target, origin) ? new URL(target, origin) : new URL('/not-a-path', origin),
    headers,
    body,
    local: address === '::1' || /^(::ffff:)?127\./.test(address),
  };
}

/** True for a form or script of somebody else's page, which must not steer the simulator through its visitor's browser. */
export function isForeignPage(headers: Record<string, string | undefined>): boolean {
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}
