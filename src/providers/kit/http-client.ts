import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import { SECOND } from '../../base/time.ts';
import type { AddressGuard } from './address-guard.ts';
import { checkedEndpoint, UnsafeEndpoint } from './endpoint.ts';
import { exchange, type RawAnswer } from './http-exchange.ts';
import { AnswerLost, NotSent } from './http-failure.ts';

const gunzipAsync = promisify(gunzip);

const MIB = 1024 * 1024;

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS' | 'PROPFIND' | 'REPORT' | 'MKCALENDAR';
  /** Absolute; its origin must be one of the client's. */
  url: string | URL;
  /** Names in lower case. */
  headers?: Readonly<Record<string, string>>;
  body?: string | undefined;
}

export interface HttpAnswer {
  status: number;
  /** Names in lower case; repeated headers are joined by `, `. */
  headers: Readonly<Record<string, string>>;
  /** Decoded as UTF-8. */
  body: string;
}

/** One finished call, for logs and metrics. No path: it may hold an e-mail address. */
export interface HttpCall {
  /** The `x-request-id` that was sent. */
  id: string;
  method: string;
  origin: string;
  /** `null`: no usable answer came. */
  status: number | null;
  failure: string | null;
  durationMs: number;
}

export interface HttpClientOptions {
  /**
   * The services' addresses: calls go to their origins and nowhere else, whatever link an answer contains. Or, where people
   * name their server themselves, the guard that every address has to pass.
   */
  endpoints: readonly string[] | AddressGuard;
  onCall?: (call: HttpCall) => void;
  connectTimeoutMs?: number;
  /** Of silence before the answer's head, and between two pieces of its body. */
  idleTimeoutMs?: number;
  /** From the call to the last byte; waiting for a free connection included. */
  totalTimeoutMs?: number;
  /** Of an answer's body, unpacked. */
  maxBodyBytes?: number;
  /** Open connections to one origin. */
  connectionsPerOrigin?: number;
}

/** The one way out for calls to calendar services: no redirects, no cookies, no retries; every call ends in time. */
export interface HttpClient {
  /**
   * Any status is an answer; the caller reads it.
   * @throws {NotSent} nothing left this machine
   * @throws {AnswerLost} sent, but no whole answer came
   * @throws {UnsafeEndpoint} the address lies outside the client's origins, or the guard refused it
   */
  send(request: HttpRequest, signal?: AbortSignal): Promise<HttpAnswer>;
  /** Ends all connections; calls under way fail. */
  close(): Promise<void>;
}

/**
 * Makes a client for some services, with keep-alive connections of its own.
 * @throws {UnsafeEndpoint} when an address is neither https nor http on loopback
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { endpoints } = options;
  const guard = 'check' in endpoints ? endpoints : guardOf(endpoints);
  const connectTimeoutMs = options.connectTimeoutMs ?? 5 * SECOND;
  const totalMs = options.totalTimeoutMs ?? 20 * SECOND;
  const maxBodyBytes = options.maxBodyBytes ?? 8 * MIB;
  const agent = new Agent({
    // One request at a time on each connection: a lost connection then concerns one call, never fifty.
    allowH2: false,
    pipelining: 1,
    connections: options.connectionsPerOrigin ?? 64,
    ...('check' in endpoints
      ? { connect: guarded(endpoints, connectTimeoutMs) }
      : { connectTimeout: connectTimeoutMs }),
    headersTimeout: options.idleTimeoutMs ?? 15 * SECOND,
    bodyTimeout: options.idleTimeoutMs ?? 15 * SECOND,
    keepAliveTimeout: 30 * SECOND,
  });

  return { send, close: () => agent.destroy() };

  async function send(request: HttpRequest, signal?: AbortSignal): Promise<HttpAnswer> {
    const url = new URL(request.url);
    guard.check(url);
    const id = randomUUID();
    const startedAt = performance.now();
    try {
      const raw = await exchange(
        agent,
        dispatchOptions(request, url, id),
        { totalMs, bodyBytes: maxBodyBytes },
        signal,
      );
      const answer = { status: raw.status, headers: raw.headers, body: await unpack(raw, maxBodyBytes) };
      report(answer.status, null);
      return answer;
    } catch (error) {
      report(null, error instanceof NotSent || error instanceof AnswerLost ? error.code : 'internal');
      throw error;
    }

    function report(status: number | null, failure: string | null): void {
      const durationMs = performance.now() - startedAt;
      options.onCall?.({ id, method: request.method, origin: url.origin, status, failure, durationMs });
    }
  }
}

/** @throws {UnsafeEndpoint} when an address is neither https nor http on loopback */
function guardOf(endpoints: readonly string[]): Pick<AddressGuard, 'check'> {
  const origins = new Set(endpoints.map((endpoint) => checkedEndpoint(endpoint).origin));
  return {
    check(url) {
      if (!origins.has(url.origin)) throw new UnsafeEndpoint('its origin is not one of the service');
    },
  };
}

/** Connects to addresses that the guard has let pass, and to no others. */
function guarded(guard: AddressGuard, timeout: number): buildConnector.connector {
  const connectorFor = (protocol: string): buildConnector.connector =>
    buildConnector({ timeout, allowH2: false, lookup: guard.lookupFor(protocol) });
  const [secure, plain] = [connectorFor('https:'), connectorFor('http:')];
  return (options, done) => (options.protocol === 'https:' ? secure : plain)(options, done);
}

function dispatchOptions(request: HttpRequest, url: URL, id: string): Dispatcher.DispatchOptions {
  return {
    origin: url.origin,
    path: url.pathname + url.search,
    method: request.method,
    headers: {
      // Google packs answers only for agents whose name says "gzip": https://developers.google.com/workspace/calendar/api/guides/performance
      'user-agent': 'valclean-calendar-sync (gzip)',
      'accept-encoding': 'gzip',
      'x-request-id': id,
      ...request.headers,
    },
    body: request.body ?? null,
  };
}

async function unpack(raw: RawAnswer, maxBodyBytes: number): Promise<string> {
  const encoding = raw.headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (encoding === 'identity' || raw.body.length === 0) return raw.body.toString('utf8');
  if (encoding !== 'gzip') throw new AnswerLost('answer_unreadable');
  try {
    return (await gunzipAsync(raw.body, { maxOutputLength: maxBodyBytes })).toString('utf8');
  } catch (cause) {
    const tooLarge = cause instanceof RangeError;
    throw new AnswerLost(tooLarge ? 'answer_too_large' : 'answer_unreadable', { cause });
  }
}
