import type { Clock } from '../../base/time.ts';
import { LoginRefused, type Login, type ProviderLogin } from '../../sync/login.ts';
import { ProviderFailure, type Failure } from '../../sync/provider.ts';
import type { TokenSet } from '../../sync/oauth.ts';
import type { HttpClient } from '../kit/http-client.ts';
import { accessToken, readLogin, refreshToken, type Access } from './account.ts';
import { createDavApi } from './api.ts';
import { listCalendars } from './calendars.ts';
import { discover, type Discovered } from './discover.ts';
import type { FindService } from './dns.ts';

/** What an app password opens stays open until its owner takes it back: there is no date to refresh it by. */
const NEVER = new Date('9999-12-31T00:00:00Z');

interface LoginDeps {
  http: HttpClient;
  clock: Clock;
  findService: FindService;
}

/**
 * Signing in with a password. Refreshing, for the engine, is to find the account anew with the same password: hosts of
 * accounts move, and a password that was taken back is noticed by it.
 */
export function createCaldavLogin(deps: LoginDeps): ProviderLogin {
  const api = createDavApi(deps);
  return {
    async open(login, signal) {
      const found = await discover(deps, login, signal);
      const access = toAccess(found, login);
      const calendars = await listCalendars(api, access, signal).catch((error: unknown) => {
        throw refusedListing(error);
      });
      const tokens = { ...tokensOf(access), refreshToken: refreshToken(login) };
      const { host, pathname } = found.principal;
      const grant = { tokens, accountId: `${host}${pathname}`, accountEmail: shownName(found, login), scopes: [] };
      return { grant, calendars };
    },
    async refresh(token, signal) {
      const login = readLogin(token);
      if (!login) throw new ProviderFailure({ kind: 'reauth_required', code: 'no_refresh_token' });
      const found = await discover(deps, login, signal).catch((error: unknown) => {
        throw new ProviderFailure(failureFor(error, signal), { cause: error });
      });
      return tokensOf(toAccess(found, login));
    },
    // An app password is taken back by its owner alone; ours is erased.
    revoke: async () => undefined,
  };
}

function toAccess(found: Discovered, { username, password }: Login): Access {
  return { home: found.home.href, inbox: found.inbox?.href ?? null, username, password };
}

function tokensOf(access: Access): TokenSet {
  return {
    accessToken: accessToken(access),
    refreshToken: null,
    accessExpiresAt: NEVER,
    refreshExpiresAt: null,
  };
}

/** What the person knows the account by: mostly they signed in with an e-mail address. */
function shownName({ email, principal }: Discovered, { username }: Login): string {
  if (/^[^\s@]+@[^\s@]+$/.test(username)) return username;
  return email ?? `${username}@${principal.hostname}`;
}

/** The password was good a moment ago; what is wrong now is the server, or its answer. */
function refusedListing(error: unknown): unknown {
  if (!(error instanceof ProviderFailure)) return error;
  const { failure } = error;
  const passing = failure.kind === 'retry_later' || failure.kind === 'unknown_outcome';
  if (failure.kind === 'reauth_required') return new LoginRefused('password_refused', { cause: error });
  return new LoginRefused(passing ? 'server_unreachable' : 'not_a_calendar_server', { cause: error });
}

/** What a login that used to work says to the engine when it does not. */
function failureFor(error: unknown, signal: AbortSignal): Failure {
  if (!(error instanceof LoginRefused)) throw error;
  if (signal.aborted) return { kind: 'unknown_outcome', code: 'aborted' };
  switch (error.code) {
    case 'password_refused':
    case 'sign_in_not_supported':
      return { kind: 'reauth_required', code: 'password_refused' };
    case 'server_not_allowed':
    case 'server_not_encrypted':
      return { kind: 'operator_error', code: 'address_not_allowed' };
    case 'server_not_found':
      return away('host_unknown');
    case 'server_too_slow':
      return away('timeout');
    case 'server_certificate':
      return away('tls_failed');
    case 'server_unreachable':
    case 'not_a_calendar_server':
      return away('unreachable');
  }
}

function away(code: string): Failure {
  return { kind: 'retry_later', code, afterMs: null, scope: 'connection' };
}
