import { LoginRefused, type Login, type LoginRefusal } from '../../sync/login.ts';
import { AddressRefused } from '../kit/address-guard.ts';
import { UnsafeEndpoint } from '../kit/endpoint.ts';
import type { HttpAnswer, HttpClient } from '../kit/http-client.ts';
import { AnswerLost, NotSent, type HttpFailureCode } from '../kit/http-failure.ts';
import { authorization } from './account.ts';
import { WHO_AM_I } from './bodies.ts';
import { candidatesFor } from './candidates.ts';
import type { FindService } from './dns.ts';
import { sendAndFollow } from './follow.ts';
import { asCollection } from './href.ts';
import { hrefIn, readMultistatus, type DavResource } from './multistatus.ts';
import { CALDAV, DAV } from './namespaces.ts';
import { childrenOf } from './xml.ts';

/** What was found of an account. */
export interface Discovered {
  /** Names the account for good. */
  principal: URL;
  /** The collection of its calendars. */
  home: URL;
  inbox: URL | null;
  /** From the server's own list; `null`: it does not say. */
  email: string | null;
}

/**
 * Finds an account's calendars from what a person typed, by RFC 6764, RFC 5397 and RFC 4791 §6.2.1; the password is tried
 * on the way.
 * @throws {LoginRefused} with what the likeliest address said
 */
export async function discover(
  { http, findService }: { http: HttpClient; findService: FindService },
  login: Login,
  signal: AbortSignal,
): Promise<Discovered> {
  let first: LoginRefused | null = null;
  const silent = new Set<string>();
  for (const candidate of await candidatesFor(login.server, findService)) {
    if (silent.has(candidate.host)) continue;
    const found = await principalAt(http, candidate, login, signal).catch(refusedFor);
    if (found instanceof LoginRefused) {
      // A wrong password is counted by many servers: it is tried once.
      if (isFinal(found.code)) throw found;
      if (!first || first.code === 'not_a_calendar_server') first = found;
      // No answer, an endless or a forbidden one: the next address there would be no better.
      if (found.cause !== undefined) silent.add(candidate.host);
    } else if (found) {
      return completed(http, found, login, signal).catch((error: unknown) => {
        throw refusedFor(error);
      });
    }
  }
  throw first ?? new LoginRefused('not_a_calendar_server');
}

function isFinal(code: LoginRefusal): boolean {
  return code === 'password_refused' || code === 'sign_in_not_supported';
}

/** Where the account's own page is; with what it says of calendars already, when we asked the page itself. */
interface Principal {
  url: URL;
  page: DavResource | null;
}

async function principalAt(http: HttpClient, url: URL, login: Login, signal: AbortSignal): Promise<Principal | null> {
  const page = await whoAmI(http, url, login, signal);
  if (!page) throw new LoginRefused('not_a_calendar_server');
  const principal = hrefIn(page.prop(DAV, 'current-user-principal'), page.url);
  const isPrincipal = page.prop(CALDAV, 'calendar-home-set') !== null;
  if (principal) return { url: principal, page: isPrincipal && principal.href === page.url.href ? page : null };
  if (isPrincipal) return { url: page.url, page };
  throw new LoginRefused('not_a_calendar_server');
}

async function completed(http: HttpClient, found: Principal, login: Login, signal: AbortSignal): Promise<Discovered> {
  const page = found.page ?? (await whoAmI(http, found.url, login, signal));
  const home = page && hrefIn(page.prop(CALDAV, 'calendar-home-set'), page.url);
  if (!home) throw new LoginRefused('not_a_calendar_server');
  return {
    principal: found.url,
    home: asCollection(home),
    inbox: hrefIn(page.prop(CALDAV, 'schedule-inbox-URL'), page.url),
    email: emailIn(page),
  };
}

/** @returns `null` when the address knows nothing of WebDAV */
async function whoAmI(http: HttpClient, url: URL, login: Login, signal: AbortSignal): Promise<DavResource | null> {
  const headers = {
    authorization: authorization(login),
    'content-type': 'application/xml; charset=utf-8',
    depth: '0',
  };
  const followed = await sendAndFollow(http, { method: 'PROPFIND', url, headers, body: WHO_AM_I }, signal);
  const { answer } = followed;
  if (answer.status === 401) throw new LoginRefused(takesBasic(answer) ? 'password_refused' : 'sign_in_not_supported');
  if (answer.status === 429 || answer.status === 503) throw new LoginRefused('server_unreachable');
  if (answer.status !== 207) return null;
  return readMultistatus(answer.body, followed.url)?.resources[0] ?? null;
}

/** A challenge that names other schemes only asks for what we can't do. */
function takesBasic({ headers }: HttpAnswer): boolean {
  const challenge = headers['www-authenticate'];
  return challenge === undefined || /\bbasic\b/i.test(challenge);
}

function emailIn(page: DavResource): string | null {
  const addresses = childrenOf(page.prop(CALDAV, 'calendar-user-address-set'), DAV, 'href');
  const mail = addresses.map(({ text }) => text.trim()).find((text) => /^mailto:[^\s@]+@[^\s@]+$/i.test(text));
  return mail?.slice('mailto:'.length) ?? null;
}

const REFUSALS: Readonly<Record<HttpFailureCode, LoginRefusal>> = {
  host_unknown: 'server_not_found',
  unreachable: 'server_unreachable',
  connection_lost: 'server_unreachable',
  connect_timeout: 'server_too_slow',
  timeout: 'server_too_slow',
  aborted: 'server_too_slow',
  tls_failed: 'server_certificate',
  address_refused: 'server_not_allowed',
  answer_too_large: 'not_a_calendar_server',
  answer_unreadable: 'not_a_calendar_server',
};

/** What a call's failure says to the person. @throws whatever is none */
export function refusedFor(error: unknown): LoginRefused {
  if (error instanceof LoginRefused) return error;
  if (error instanceof NotSent || error instanceof AnswerLost)
    return new LoginRefused(REFUSALS[error.code], { cause: error });
  if (error instanceof AddressRefused && error.code === 'address_unencrypted') {
    return new LoginRefused('server_not_encrypted', { cause: error });
  }
  if (error instanceof UnsafeEndpoint) return new LoginRefused('server_not_allowed', { cause: error });
  throw error;
}
