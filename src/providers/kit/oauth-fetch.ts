import type { CustomFetch, CustomFetchOptions } from 'openid-client';
import type { HttpClient, HttpRequest } from './http-client.ts';

/**
 * Lets openid-client speak through our HTTP client, so that its calls have the same limits, origins and failures.
 * `signal` is the caller's; the library's own time limit applies as well.
 */
export function oauthFetch(http: HttpClient, signal: AbortSignal): CustomFetch {
  return async (url, options) => {
    const limit = options.signal ? AbortSignal.any([signal, options.signal]) : signal;
    const answer = await http.send(toRequest(url, options), limit);
    // A 401 of the token endpoint may carry a challenge, which the library would read instead of the error in the body.
    const { 'www-authenticate': _, 'content-encoding': __, 'content-length': ___, ...headers } = answer.headers;
    const empty = answer.status === 204 || answer.status === 304;
    return new Response(empty ? null : answer.body, { status: answer.status, headers });
  };
}

function toRequest(url: string, options: CustomFetchOptions): HttpRequest {
  const method = options.method === 'POST' ? 'POST' : 'GET';
  const { body } = options;
  if (body === null || body === undefined) return { method, url, headers: options.headers };
  if (typeof body !== 'string' && !(body instanceof URLSearchParams)) throw new TypeError('unexpected body type');
  return { method, url, headers: options.headers, body: body.toString() };
}
