import type { Clock } from '../../base/time.ts';
import { UnsafeEndpoint } from '../kit/endpoint.ts';
import { heldUp, type TurnedAway } from '../kit/held-up.ts';
import type { HttpAnswer, HttpClient, HttpRequest } from '../kit/http-client.ts';
import { retryAfterMs } from '../kit/retry-after.ts';
import { unanswered, type Unanswered } from '../kit/unanswered.ts';
import { authorization, type Access } from './account.ts';
import { onServer } from './href.ts';
import { AT_ONCE } from './limits.ts';

/** One call to a server. */
export interface DavRequest {
  method: HttpRequest['method'];
  /** As of `canonicalPath`; on the server of the calendar that is worked on. */
  path: string;
  depth?: '0' | '1';
  /** Condition on what is there; `*` in `ifNoneMatch`: nothing. */
  ifMatch?: string;
  ifNoneMatch?: '*';
  /** XML, or iCalendar for a `PUT`; as a function, made when it is sent: a server need not wait until twenty are. */
  body?: string | (() => string);
}

export type DavAnswer =
  | {
      kind: 'answered';
      status: number;
      retryAfterMs: number | null;
      headers: Readonly<Record<string, string>>;
      body: string;
      /** What was asked: hrefs in the body are relative to it. */
      url: URL;
    }
  | Unanswered
  | TurnedAway;

export interface DavDeps {
  http: HttpClient;
  clock: Clock;
}

export interface DavApi {
  /**
   * Carries out calls that do not depend on each other, a few side by side; after one that asks for a pause the rest is not
   * sent. Redirects are not followed: they say that what we know of the account is old.
   * @param base an address on the server
   * @returns the answers, in the order of the requests
   */
  send(access: Access, base: URL, requests: readonly DavRequest[], signal: AbortSignal): Promise<DavAnswer[]>;
}

/** Sends calls that depend on each other, one at a time. */
export function oneByOne(
  api: DavApi,
  access: Access,
  base: URL,
  signal: AbortSignal,
): (request: DavRequest) => Promise<DavAnswer> {
  return async (request) => {
    const [answer] = await api.send(access, base, [request], signal);
    return answer ?? { kind: 'unanswered', sent: true, code: 'part_missing' };
  };
}

/** The thin client of CalDAV servers. */
export function createDavApi({ http, clock }: DavDeps): DavApi {
  return {
    async send(access, base, requests, signal) {
      const answers: DavAnswer[] = [];
      let next = 0;
      const work = async (): Promise<void> => {
        for (let at = next++; at < requests.length; at = next++) {
          const request = requests[at];
          const held = heldUp(answers.filter((answer) => answer !== undefined));
          if (request) answers[at] = held ?? (await sendOne(access, base, request, signal));
        }
      };
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, requests.length) }, work));
      return answers;
    },
  };

  async function sendOne(access: Access, base: URL, request: DavRequest, signal: AbortSignal): Promise<DavAnswer> {
    const url = onServer(request.path, base);
    try {
      const answer = await http.send({ ...wireForm(request, access), url }, signal);
      return fromHttp(answer, url);
    } catch (error) {
      if (!(error instanceof UnsafeEndpoint)) return unanswered(error);
      // The operator has changed what may be called since the account was connected.
      return { kind: 'turned_away', failure: { kind: 'operator_error', code: 'address_not_allowed' } };
    }
  }

  function fromHttp({ status, headers, body }: HttpAnswer, url: URL): DavAnswer {
    const wait = retryAfterMs(headers['retry-after'], clock.now());
    return { kind: 'answered', status, retryAfterMs: wait, headers, body, url };
  }
}

function wireForm({ method, depth, ifMatch, ifNoneMatch, body }: DavRequest, access: Access): Omit<HttpRequest, 'url'> {
  const type = method === 'PUT' ? 'text/calendar; charset=utf-8' : 'application/xml; charset=utf-8';
  return {
    method,
    headers: {
      authorization: authorization(access),
      ...(body === undefined ? {} : { 'content-type': type }),
      ...(depth === undefined ? {} : { depth }),
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      ...(ifNoneMatch === undefined ? {} : { 'if-none-match': ifNoneMatch }),
    },
    body: typeof body === 'function' ? body() : body,
  };
}
