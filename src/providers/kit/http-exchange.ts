import type { Dispatcher } from 'undici';
import { ADDRESS_REFUSED } from './address-guard.ts';
import { AnswerLost, NotSent, type HttpFailureCode } from './http-failure.ts';

/** A whole answer before decoding. Header names are in lower case; repeated ones are joined by `, `. */
export interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** What an exchange may cost. */
export interface ExchangeLimits {
  /** From the call to the last byte of the answer, waiting for a free connection included. */
  totalMs: number;
  /** Of the body as it comes over the wire. */
  bodyBytes: number;
}

/** Codes of undici and Node that name a connection which was never made. */
const CONNECT_TIMEOUTS = new Set(['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT']);
/** The name is not known, or its servers did not say. */
const NAMELESS = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA']);
/** Of OpenSSL's verification and of Node's own. */
const TLS = /^(ERR_TLS_|ERR_SSL_|EPROTO$|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH$)/;
const TIMEOUTS = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/**
 * Sends one request and gathers its answer. undici calls `onRequestStart` immediately before the first byte is written,
 * so whether it was called is exactly whether anything may have reached the server.
 * @throws {NotSent | AnswerLost}
 */
export function exchange(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  limits: ExchangeLimits,
  signal: AbortSignal | undefined,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | null = null;
    let settled = false;
    let status = 0;
    let headers: Record<string, string> = {};
    const chunks: Buffer[] = [];
    let received = 0;

    const timer = setTimeout(() => stop('timeout'), limits.totalMs);
    const onAbort = (): void => stop('aborted');
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted) return stop('aborted');

    dispatcher.dispatch(options, {
      onRequestStart(started) {
        // Given up while waiting for a connection: undici checks this before it writes.
        if (settled) return started.abort(new NotSent('aborted'));
        controller = started;
      },
      onResponseStart(_, statusCode, incoming) {
        status = statusCode;
        headers = flatten(incoming);
      },
      onResponseData(_, chunk) {
        received += chunk.length;
        if (received > limits.bodyBytes) return stop('answer_too_large');
        chunks.push(chunk);
      },
      onResponseEnd() {
        finish(() => resolve({ status, headers, body: Buffer.concat(chunks) }));
      },
      onResponseError(_, error) {
        finish(() => reject(failure(codeOf(error, controller !== null), error)));
      },
    });

    function stop(code: HttpFailureCode): void {
      const error = failure(code);
      finish(() => reject(error));
      controller?.abort(error);
    }

    function failure(code: HttpFailureCode, cause?: Error): NotSent | AnswerLost {
      const options = cause && { cause };
      return controller ? new AnswerLost(code, options) : new NotSent(code, options);
    }

    function finish(settle: () => void): void {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      settle();
    }
  });
}

function flatten(incoming: Record<string, string | string[] | undefined>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming)) {
    if (value !== undefined) headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

function codeOf(error: Error, started: boolean): HttpFailureCode {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (started) return TIMEOUTS.has(code) ? 'timeout' : 'connection_lost';
  if (code === ADDRESS_REFUSED) return 'address_refused';
  if (NAMELESS.has(code)) return 'host_unknown';
  if (TLS.test(code)) return 'tls_failed';
  return CONNECT_TIMEOUTS.has(code) ? 'connect_timeout' : 'unreachable';
}
