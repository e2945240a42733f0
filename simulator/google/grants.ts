import { secretText } from '../kit/oauth.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { SIGN_IN_SCOPES } from './scopes.ts';
import type { AccessToken, AuthorizationCode, RefreshToken, State } from './state.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const CODE_LIFETIME_MS = 10 * MINUTE;
// https://developers.google.com/identity/protocols/oauth2, "Refresh token expiration"
const MAX_REFRESH_TOKENS = 100;
const TESTING_LIFETIME_MS = 7 * DAY;
const UNUSED_LIFETIME_MS = 183 * DAY;

/** True when the person has already agreed to all of it, so that no consent page is needed. */
export function isGranted(state: State, email: string, scopes: readonly string[]): boolean {
  const grant = state.grants.get(email);
  return grant !== undefined && scopes.every((scope) => grant.scopes.includes(scope));
}

/** Records the person's consent and makes the code that the browser carries back. */
export function issueCode(
  world: World,
  request: AuthorizationRequest,
  email: string,
  scopes: string[],
): AuthorizationCode {
  const { state } = world;
  const grant = state.grants.get(email) ?? { email, scopes: [], clientIds: [] };
  const firstConsent = !grant.clientIds.includes(request.client.clientId);
  const withRefreshToken = request.offline && (firstConsent || request.prompts.has('consent'));
  grant.scopes = [...new Set([...grant.scopes, ...scopes])];
  if (withRefreshToken && firstConsent) grant.clientIds.push(request.client.clientId);
  state.grants.set(email, grant);
  const code: AuthorizationCode = {
    code: secretText('4/0'),
    clientId: request.client.clientId,
    email,
    scopes: request.includeGrantedScopes ? [...grant.scopes] : scopes,
    redirectUri: request.redirectUri,
    codeChallenge: request.codeChallenge,
    nonce: request.nonce,
    withRefreshToken,
    expiresAt: world.clock.now().getTime() + CODE_LIFETIME_MS,
  };
  state.codes.set(code.code, code);
  world.changed();
  return code;
}

/** Makes an access token. */
export function issueAccessToken(world: World, clientId: string, email: string, scopes: string[]): AccessToken {
  const now = world.clock.now().getTime();
  if (world.state.accessTokens.size >= 1000) forgetExpired(world.state, now);
  const token: AccessToken = {
    token: secretText('ya29.a0', 120),
    clientId,
    email,
    scopes,
    expiresAt: now + world.settings.accessTokenLifetimeSeconds * 1000,
  };
  world.state.accessTokens.set(token.token, token);
  world.changed();
  return token;
}

/** Makes a refresh token; above 100 of one account and client the oldest dies without a word. */
export function issueRefreshToken(world: World, clientId: string, email: string, scopes: string[]): RefreshToken {
  const now = world.clock.now().getTime();
  const limited = world.settings.testingMode && scopes.some((scope) => !SIGN_IN_SCOPES.includes(scope));
  const token: RefreshToken = {
    token: secretText('1//0', 64),
    clientId,
    email,
    scopes,
    issuedAt: now,
    lastUsedAt: now,
    expiresAt: limited ? now + TESTING_LIFETIME_MS : null,
  };
  world.state.refreshTokens.set(token.token, token);
  const own = [...world.state.refreshTokens.values()].filter(
    (other) => other.clientId === clientId && other.email === email,
  );
  for (const old of own.slice(0, -MAX_REFRESH_TOKENS)) world.state.refreshTokens.delete(old.token);
  world.changed();
  return token;
}

/** True while the refresh token may be used. */
export function isAlive(token: RefreshToken, now: number): boolean {
  return (token.expiresAt === null || token.expiresAt > now) && now - token.lastUsedAt < UNUSED_LIFETIME_MS;
}

/** Takes back everything the account granted to the project, over all its clients. False when there was nothing. */
export function revokeAccount(world: World, email: string): boolean {
  const { state } = world;
  const had = state.grants.delete(email);
  for (const tokens of [state.refreshTokens, state.accessTokens, state.codes]) {
    for (const [key, token] of tokens) if (token.email === email) tokens.delete(key);
  }
  world.changed();
  return had;
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

function forgetExpired(state: State, now: number): void {
  for (const [key, token] of state.accessTokens) if (token.expiresAt <= now) state.accessTokens.delete(key);
  for (const [key, code] of state.codes) if (code.expiresAt <= now) state.codes.delete(key);
}
