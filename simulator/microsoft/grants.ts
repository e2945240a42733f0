import { secretText } from '../kit/oauth.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { STANDARD_PERMISSIONS } from './scopes.ts';
import { grantKey } from './state.ts';
import type { AccessToken, Account, AuthorizationCode, RefreshToken, State } from './state.ts';
import { nowOf } from './world.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
const CODE_LIFETIME_MS = 10 * MINUTE;
const KEPT_REFRESH_TOKENS = 200;

/** The scopes that the person or their administrator has allowed the client. */
export function grantedScopes(state: State, account: Account, clientId: string): string[] {
  const own = state.grants.get(grantKey(account.email, clientId))?.scopes ?? [];
  const tenant = state.tenantGrants.get(grantKey(account.tenantId, clientId))?.scopes ?? [];
  return [...new Set([...own, ...tenant])];
}

/** True when all of it is allowed already, so that no consent page is needed. */
export function isGranted(state: State, account: Account, clientId: string, scopes: readonly string[]): boolean {
  const granted = grantedScopes(state, account, clientId);
  return scopes.every((scope) => granted.includes(scope));
}

/** Records the person's consent. */
export function recordConsent(world: World, account: Account, clientId: string, scopes: readonly string[]): void {
  const key = grantKey(account.email, clientId);
  const before = world.state.grants.get(key)?.scopes ?? [];
  world.state.grants.set(key, { email: account.email, clientId, scopes: [...new Set([...before, ...scopes])] });
  world.changed();
}

/** Records an administrator's consent: it covers what the registration lists, whatever a sign-in asks for. */
export function recordTenantConsent(world: World, tenantId: string, clientId: string): void {
  const scopes = [...(world.clients.get(clientId)?.permissions ?? STANDARD_PERMISSIONS)];
  world.state.tenantGrants.set(grantKey(tenantId, clientId), { tenantId, clientId, scopes });
  world.changed();
}

/** Makes the code that the browser carries back. */
export function issueCode(world: World, request: AuthorizationRequest, account: Account): AuthorizationCode {
  const code: AuthorizationCode = {
    code: secretText(account.kind === 'personal' ? 'M.C507_' : '1.AX', 64),
    clientId: request.client.clientId,
    email: account.email,
    scopes: request.scopes,
    redirectUri: request.redirectUri,
    codeChallenge: request.codeChallenge,
    nonce: request.nonce,
    expiresAt: nowOf(world) + CODE_LIFETIME_MS,
    used: false,
  };
  world.state.codes.set(code.code, code);
  world.changed();
  return code;
}

/** Makes an access token. */
export function issueAccessToken(world: World, clientId: string, email: string, scopes: string[]): AccessToken {
  const now = nowOf(world);
  if (world.state.accessTokens.size >= 1000) forgetExpired(world.state, now);
  const token: AccessToken = {
    token: secretText('EwB4', 120),
    clientId,
    email,
    scopes,
    expiresAt: now + lifetimeSeconds(world) * 1000,
  };
  world.state.accessTokens.set(token.token, token);
  world.changed();
  return token;
}

/** Makes a refresh token beside the older ones, which live on. */
export function issueRefreshToken(world: World, account: Account, clientId: string, scopes: string[]): RefreshToken {
  const token: RefreshToken = {
    token: secretText(account.kind === 'personal' ? 'M.C507_' : '1.AV', 96),
    clientId,
    email: account.email,
    scopes,
    issuedAt: nowOf(world),
    revoked: false,
  };
  const { refreshTokens } = world.state;
  refreshTokens.set(token.token, token);
  const own = [...refreshTokens.values()].filter((other) => other.email === account.email);
  for (const old of own.slice(0, -KEPT_REFRESH_TOKENS)) refreshTokens.delete(old.token);
  world.changed();
  return token;
}

/** The person takes back the app's access on their account page: refresh answers AADSTS65001. False when nothing was granted. */
export function revokeGrant(world: World, email: string): boolean {
  const { state } = world;
  const own = [...state.grants].filter(([, grant]) => grant.email === email);
  for (const [key] of own) state.grants.delete(key);
  for (const [key, code] of state.codes) if (code.email === email) state.codes.delete(key);
  world.changed();
  return own.length > 0;
}

/** All sessions of the account end: refresh answers AADSTS50173. Access tokens live to their end. Answers how many. */
export function revokeSessions(world: World, email: string): number {
  const own = [...world.state.refreshTokens.values()].filter((token) => token.email === email && !token.revoked);
  for (const token of own) token.revoked = true;
  world.changed();
  return own.length;
}

/** Makes access tokens (of one account, or all) expire now. Answers how many. */
export function expireAccessTokens(world: World, email?: string): number {
  let count = 0;
  for (const [key, token] of world.state.accessTokens) {
    if (email !== undefined && token.email !== email) continue;
    world.state.accessTokens.delete(key);
    count += 1;
  }
  world.changed();
  return count;
}

function lifetimeSeconds(world: World): number {
  // Entra draws 60 to 90 minutes, so that not all tokens of an app die at once.
  return world.settings.accessTokenLifetimeSeconds ?? 3600 + Math.floor(world.random.next() * 1800);
}

function forgetExpired(state: State, now: number): void {
  for (const [key, token] of state.accessTokens) if (token.expiresAt <= now) state.accessTokens.delete(key);
  for (const [key, code] of state.codes) if (code.expiresAt <= now) state.codes.delete(key);
}
