import type { HttpAnswer, HttpClient, HttpRequest } from '../kit/http-client.ts';

const MOST_REDIRECTS = 5;

/** An answer, and the address that gave it in the end. */
export interface Followed {
  answer: HttpAnswer;
  url: URL;
}

/**
 * Sends a request and follows redirects with its method, body and credentials, as RFC 6764 §5 asks for; the client's guard
 * looks at every address on the way. A redirect of the same host to http stays on https: behind a proxy many servers do not
 * know that they are encrypted.
 * @throws what the client throws; the last redirect comes back as it is when there are too many
 */
export async function sendAndFollow(
  http: HttpClient,
  request: HttpRequest & { url: URL },
  signal: AbortSignal,
): Promise<Followed> {
  let url = request.url;
  for (let hop = 0; ; hop += 1) {
    const answer = await http.send({ ...request, url }, signal);
    const next = redirectOf(answer, url);
    if (!next || hop === MOST_REDIRECTS) return { answer, url };
    url = next;
  }
}

const REDIRECTS = new Set([301, 302, 307, 308]);

function redirectOf({ status, headers }: HttpAnswer, from: URL): URL | null {
  if (!REDIRECTS.has(status)) return null;
  const next = URL.parse(headers['location'] ?? '', from.href);
  if (!next || headers['location'] === undefined) return null;
  if (from.protocol === 'https:' && next.protocol === 'http:' && next.hostname === from.hostname) {
    next.protocol = 'https:';
    next.port = from.port;
  }
  return next;
}
