import type { Answer } from '../kit/delivery.ts';
import type { DrawnFaults, FaultAction } from './faults.ts';
import { basicCredentials, isVerifierOf, sameText } from '../kit/oauth.ts';
import { isAlive, issueAccessToken, issueRefreshToken, revokeAccount } from './grants.ts';
import { signIdToken } from './id-token.ts';
import type { JsonObject } from '../kit/json.ts';
import type { ClientConfig, RefreshToken } from './state.ts';
import type { World } from './world.ts';

/** A request to the token or revocation endpoint. */
export interface FormRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  authorization: string | undefined;
  contentType: string | undefined;
  form: URLSearchParams;
}

/** Its answer with what the log keeps of it. */
export interface OAuthOutcome extends Answer {
  operation: string;
  account: string | null;
  clientId: string | null;
  reason: string | null;
  drawn: DrawnFaults;
}

/** A refusal of RFC 6749 section 5.2. */
class OAuthError extends Error {
  readonly status: number;
  readonly code: string;
  readonly subtype: string | undefined;

  constructor(status: number, code: string, description: string, subtype?: string) {
    super(description);
    this.status = status;
    this.code = code;
    this.subtype = subtype;
  }
}

const DEAD_TOKEN = 'Token has been expired or revoked.';

/** `POST /token`: exchanges a code or a refresh token. Never throws. */
export async function answerToken(world: World, request: FormRequest): Promise<OAuthOutcome> {
  const grantType = request.form.get('grant_type');
  const operation = grantType === 'refresh_token' ? 'oauth.token.refresh' : 'oauth.token.code';
  const holder =
    world.state.refreshTokens.get(request.form.get('refresh_token') ?? '') ??
    world.state.codes.get(request.form.get('code') ?? '');
  return guarded(world, request, operation, holder?.email ?? null, async () => {
    if (request.method !== 'POST') throw new OAuthError(405, 'invalid_request', 'Only POST is served.');
    requireForm(request);
    const client = authenticateClient(world, request);
    if (grantType === 'authorization_code') return exchangeCode(world, request.form, client);
    if (grantType === 'refresh_token') return refresh(world, request.form, client);
    throw new OAuthError(400, 'unsupported_grant_type', `Invalid grant_type: ${String(grantType).slice(0, 40)}`);
  });
}

/** `POST /revoke`: takes back the whole grant of the account, whichever of its tokens is given. Never throws. */
export async function answerRevoke(world: World, request: FormRequest): Promise<OAuthOutcome> {
  const text = request.form.get('token') ?? request.query.get('token') ?? '';
  const token = world.state.refreshTokens.get(text) ?? world.state.accessTokens.get(text);
  return guarded(world, request, 'oauth.revoke', token?.email ?? null, async () => {
    if (request.method !== 'POST') throw new OAuthError(405, 'invalid_request', 'Only POST is served.');
    const now = world.clock.now().getTime();
    const dead = !token || ('issuedAt' in token ? !isAlive(token, now) : token.expiresAt <= now);
    if (dead) throw new OAuthError(400, 'invalid_token', 'Token expired or revoked');
    revokeAccount(world, token.email);
    return {};
  });
}

async function guarded(
  world: World,
  request: FormRequest,
  operation: string,
  account: string | null,
  run: () => Promise<JsonObject>,
): Promise<OAuthOutcome> {
  const drawn = world.faults.draw({
    account,
    method: request.method,
    path: request.path,
    operation,
    calendarId: null,
    eventId: null,
    part: null,
  });
  const clientId = request.form.get('client_id') ?? basicCredentials(request.authorization)?.id ?? null;
  const outcome: OAuthOutcome = {
    status: 200,
    headers: jsonHeaders(),
    body: '{}',
    operation,
    account,
    clientId,
    reason: null,
    drawn,
  };
  try {
    if (instead(outcome, drawn.action)) return outcome;
    outcome.body = JSON.stringify(await run(), null, 2);
    if (drawn.action?.kind === 'answer-after-commit') throw faultError(drawn.action);
  } catch (error) {
    refuse(outcome, error);
  }
  return outcome;
}

function instead(outcome: OAuthOutcome, action: FaultAction | null): boolean {
  if (action?.kind === 'answer') throw faultError(action);
  if (action?.kind === 'html') {
    outcome.status = action.status ?? 502;
    outcome.headers = { 'content-type': 'text/html; charset=UTF-8' };
    outcome.body = '<!DOCTYPE html><html lang=en><title>Error (Server Error)</title></html>';
    return true;
  }
  return action?.kind === 'drop' || action?.kind === 'hang';
}

function faultError(action: Extract<FaultAction, { kind: 'answer' | 'answer-after-commit' }>): OAuthError {
  const standard =
    action.status >= 500 ? 'internal_failure' : action.status === 429 ? 'rate_limit_exceeded' : 'invalid_grant';
  return new OAuthError(action.status, action.reason ?? standard, action.message ?? DEAD_TOKEN, action.errorSubtype);
}

function refuse(outcome: OAuthOutcome, error: unknown): void {
  const refusal = error instanceof OAuthError ? error : new OAuthError(500, 'simulator_failed', String(error));
  outcome.status = refusal.status;
  outcome.reason = refusal.code;
  outcome.headers = jsonHeaders();
  const body: JsonObject = { error: refusal.code, error_description: refusal.message };
  if (refusal.subtype !== undefined) body['error_subtype'] = refusal.subtype;
  outcome.body = JSON.stringify(body, null, 2);
}

function jsonHeaders(): Record<string, string> {
  return { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-cache, no-store, max-age=0' };
}

function requireForm(request: FormRequest): void {
  if (/^application\/x-www-form-urlencoded\b/i.test(request.contentType ?? '')) return;
  throw new OAuthError(400, 'invalid_request', 'The body must be application/x-www-form-urlencoded.');
}

function authenticateClient(world: World, request: FormRequest): ClientConfig {
  const basic = basicCredentials(request.authorization);
  const id = basic?.id ?? request.form.get('client_id') ?? '';
  const secret = basic?.secret ?? request.form.get('client_secret') ?? '';
  const client = world.clients.get(id);
  if (!client) throw new OAuthError(401, 'invalid_client', 'The OAuth client was not found.');
  if (!sameText(secret, client.clientSecret)) throw new OAuthError(401, 'invalid_client', 'Unauthorized');
  return client;
}

async function exchangeCode(world: World, form: URLSearchParams, client: ClientConfig): Promise<JsonObject> {
  const text = need(form, 'code');
  const redirectUri = need(form, 'redirect_uri');
  const code = world.state.codes.get(text);
  // A code is spent by the first try, whatever comes of it.
  world.state.codes.delete(text);
  world.changed();
  const now = world.clock.now().getTime();
  if (!code || code.expiresAt <= now || code.clientId !== client.clientId) {
    throw new OAuthError(400, 'invalid_grant', 'Malformed auth code.');
  }
  if (redirectUri !== code.redirectUri) throw new OAuthError(400, 'redirect_uri_mismatch', 'Bad Request');
  checkVerifier(form.get('code_verifier'), code.codeChallenge);
  const refreshToken = code.withRefreshToken
    ? issueRefreshToken(world, client.clientId, code.email, code.scopes)
    : null;
  return tokenAnswer(world, code, refreshToken, code.nonce);
}

function checkVerifier(verifier: string | null, challenge: string): void {
  if (verifier === null) throw new OAuthError(400, 'invalid_grant', 'Missing code verifier.');
  if (!isVerifierOf(verifier, challenge)) throw new OAuthError(400, 'invalid_grant', 'Invalid code verifier.');
}

async function refresh(world: World, form: URLSearchParams, client: ClientConfig): Promise<JsonObject> {
  const token = world.state.refreshTokens.get(need(form, 'refresh_token'));
  const now = world.clock.now().getTime();
  const account = token && world.state.accounts.get(token.email);
  if (!token || !isAlive(token, now) || !account || account.disabled) {
    throw new OAuthError(400, 'invalid_grant', DEAD_TOKEN);
  }
  if (token.clientId !== client.clientId) throw new OAuthError(400, 'unauthorized_client', 'Unauthorized');
  if (account.adminPolicyEnforced) {
    throw new OAuthError(400, 'admin_policy_enforced', 'The administrator of the account does not allow this app.');
  }
  token.lastUsedAt = now;
  return tokenAnswer(world, token, world.settings.rotateRefreshTokens ? rotate(world, token) : null, null);
}

function rotate(world: World, old: RefreshToken): RefreshToken {
  world.state.refreshTokens.delete(old.token);
  const fresh = issueRefreshToken(world, old.clientId, old.email, old.scopes);
  fresh.expiresAt = old.expiresAt;
  return fresh;
}

async function tokenAnswer(
  world: World,
  holder: { clientId: string; email: string; scopes: string[] },
  refreshToken: RefreshToken | null,
  nonce: string | null,
): Promise<JsonObject> {
  const access = issueAccessToken(world, holder.clientId, holder.email, holder.scopes);
  const account = world.state.accounts.get(holder.email);
  const answer: JsonObject = {
    access_token: access.token,
    // Google rounds down what is left of the hour.
    expires_in: world.settings.accessTokenLifetimeSeconds - 1,
    scope: holder.scopes.join(' '),
    token_type: 'Bearer',
  };
  if (refreshToken) answer['refresh_token'] = refreshToken.token;
  if (refreshToken?.expiresAt) {
    const leftMs = refreshToken.expiresAt - world.clock.now().getTime();
    answer['refresh_token_expires_in'] = Math.floor(leftMs / 1000);
  }
  if (account && holder.scopes.includes('openid'))
    answer['id_token'] = await signIdToken(world, account, access, nonce);
  return answer;
}

function need(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (!value) throw new OAuthError(400, 'invalid_request', `Missing required parameter: ${name}`);
  return value;
}
