import type { Answer } from '../kit/delivery.ts';
import { isInstead } from '../kit/faults.ts';
import type { JsonObject } from '../kit/json.ts';
import { basicCredentials, isVerifierOf, sameText } from '../kit/oauth.ts';
import { EntraError, entraErrorBody, entraFault } from './entra-error.ts';
import type { DrawnFaults, Refusal } from './faults.ts';
import { grantedScopes, issueAccessToken, issueRefreshToken } from './grants.ts';
import { randomGuid } from './guid.ts';
import { signIdToken } from './id-token.ts';
import { readScopes, spellScope } from './scopes.ts';
import type { Account, ClientConfig, RefreshToken } from './state.ts';
import { admits, findTenant } from './tenants.ts';
import type { Tenant } from './tenants.ts';
import { nowOf } from './world.ts';
import type { World } from './world.ts';

/** A request to the token endpoint. */
export interface TokenRequest {
  method: string;
  path: string;
  /** First segment of the path. */
  tenant: string;
  headers: Record<string, string | undefined>;
  form: URLSearchParams;
}

/** Its answer with what the log keeps of it. */
export interface TokenOutcome extends Answer {
  operation: string;
  account: string | null;
  clientId: string | null;
  reason: string | null;
  flags: string[];
  drawn: DrawnFaults;
}

const DAY = 24 * 60 * 60_000;

/** `POST /{tenant}/oauth2/v2.0/token`: exchanges a code or a refresh token. Never throws. */
export async function answerToken(world: World, request: TokenRequest): Promise<TokenOutcome> {
  const outcome = startOutcome(world, request);
  try {
    const { action } = outcome.drawn;
    if (isInstead(outcome.drawn)) return playInstead(world, outcome);
    outcome.body = JSON.stringify(await exchange(world, request));
    if (action?.kind === 'answer-after-commit') refuse(world, outcome, entraFault(action), action);
  } catch (error) {
    refuse(world, outcome, error);
  }
  return outcome;
}

function startOutcome(world: World, request: TokenRequest): TokenOutcome {
  const { form } = request;
  const holder =
    world.state.refreshTokens.get(form.get('refresh_token') ?? '') ?? world.state.codes.get(form.get('code') ?? '');
  const operation = form.get('grant_type') === 'refresh_token' ? 'oauth.token.refresh' : 'oauth.token.code';
  const account = holder?.email ?? null;
  const clientId = form.get('client_id') ?? basicCredentials(request.headers['authorization'])?.id ?? null;
  const early = world.throttle.isEarly(pauseKey(clientId, account));
  return {
    status: 200,
    headers: answerHeaders(world),
    body: '{}',
    operation,
    account,
    clientId,
    reason: null,
    flags: early ? ['RETRY-AFTER NOT HONOURED'] : [],
    drawn: world.faults.draw({
      account,
      method: request.method,
      path: request.path,
      operation,
      calendarId: null,
      eventId: null,
      part: null,
    }),
  };
}

function playInstead(world: World, outcome: TokenOutcome): TokenOutcome {
  const { action } = outcome.drawn;
  if (action?.kind === 'answer') refuse(world, outcome, entraFault(action), action);
  if (action?.kind === 'html') {
    outcome.status = action.status ?? 502;
    outcome.headers = { 'content-type': 'text/html; charset=utf-8' };
    outcome.body =
      '<!DOCTYPE html><html><head><title>Service unavailable</title></head><body><h2>Our services aren’t available right now</h2></body></html>';
  }
  return outcome;
}

function refuse(world: World, outcome: TokenOutcome, error: unknown, asked: Refusal = {}): void {
  const refusal =
    error instanceof EntraError
      ? error
      : new EntraError(90_033, { status: 500, text: `The simulator failed: ${String(error)}` });
  outcome.status = refusal.status;
  outcome.reason = refusal.error;
  outcome.headers = answerHeaders(world);
  outcome.body = JSON.stringify(entraErrorBody(world, refusal));
  if (asked.emptyBody) {
    delete outcome.headers['content-type'];
    outcome.body = '';
  }
  if (asked.retryAfter === undefined) return;
  outcome.headers['retry-after'] = String(asked.retryAfter);
  world.throttle.pause(pauseKey(outcome.clientId, outcome.account), String(asked.retryAfter));
}

function pauseKey(clientId: string | null, account: string | null): string {
  return `token ${clientId} ${account}`;
}

function answerHeaders(world: World): Record<string, string> {
  return {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store, no-cache',
    pragma: 'no-cache',
    'x-ms-request-id': randomGuid(world.random),
  };
}

function exchange(world: World, request: TokenRequest): Promise<JsonObject> {
  if (request.method !== 'POST') throw new EntraError(900_144, { text: 'The endpoint only accepts POST requests.' });
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')) {
    throw new EntraError(9_002_313, { text: 'The body must be application/x-www-form-urlencoded.' });
  }
  const tenant = findTenant(world.state, request.tenant);
  if (!tenant) throw new EntraError(90_002);
  const client = authenticateClient(world, request);
  const grantType = need(request.form, 'grant_type');
  if (grantType === 'authorization_code') return exchangeCode(world, request.form, client, tenant);
  if (grantType === 'refresh_token') return refresh(world, request.form, client, tenant);
  throw new EntraError(70_003);
}

function authenticateClient(world: World, { headers, form }: TokenRequest): ClientConfig {
  const basic = basicCredentials(headers['authorization']);
  const client = world.clients.get(basic?.id ?? need(form, 'client_id'));
  if (!client) throw new EntraError(700_016);
  const secret = basic?.secret ?? form.get('client_secret');
  if (!secret) throw new EntraError(7_000_218);
  if (!sameText(secret, client.clientSecret)) throw new EntraError(7_000_215);
  if (world.settings.clientSecretExpired) throw new EntraError(7_000_222);
  // A browser that holds a secret is a leak; Entra tells it by the header.
  if (headers['origin'] !== undefined) throw new EntraError(9_002_326);
  return client;
}

function exchangeCode(world: World, form: URLSearchParams, client: ClientConfig, tenant: Tenant): Promise<JsonObject> {
  const code = world.state.codes.get(need(form, 'code'));
  if (!code || code.clientId !== client.clientId) throw new EntraError(70_000);
  if (code.used) throw new EntraError(54_005);
  // A code is spent by the first try, whatever comes of it.
  code.used = true;
  world.changed();
  if (code.expiresAt <= nowOf(world)) throw new EntraError(70_008);
  if (need(form, 'redirect_uri') !== code.redirectUri) throw new EntraError(500_112);
  const verifier = form.get('code_verifier');
  if (!verifier) throw new EntraError(50_148);
  if (!isVerifierOf(verifier, code.codeChallenge)) throw new EntraError(501_481);
  const account = usableAccount(world, code.email);
  if (!admits(tenant, account)) throw new EntraError(700_005);
  return tokenAnswer(world, account, client, { scopes: code.scopes, nonce: code.nonce });
}

function refresh(world: World, form: URLSearchParams, client: ClientConfig, tenant: Tenant): Promise<JsonObject> {
  const token = world.state.refreshTokens.get(need(form, 'refresh_token'));
  if (!token || token.clientId !== client.clientId) throw new EntraError(70_000);
  const account = usableAccount(world, token.email);
  if (!admits(tenant, account)) throw new EntraError(50_020);
  requireAlive(world, account, token);
  const scopes = refreshedScopes(form.get('scope'), token);
  requireConsent(world, account, client, scopes);
  if (account.interactionRequired) throw new EntraError(50_076, { error: world.settings.interactionError });
  return tokenAnswer(world, account, client, { scopes, nonce: null });
}

function usableAccount(world: World, email: string): Account {
  const account = world.state.accounts.get(email);
  if (!account) throw new EntraError(50_034);
  if (account.disabled) throw new EntraError(50_057);
  return account;
}

// Personal accounts know one number for all of it.
function requireAlive(world: World, account: Account, token: RefreshToken): void {
  const personal = account.kind === 'personal';
  if (token.revoked) throw new EntraError(personal ? 70_000 : 50_173);
  const lifetimeMs = world.settings.refreshTokenLifetimeDays * DAY;
  if (nowOf(world) - token.issuedAt >= lifetimeMs) throw new EntraError(personal ? 70_000 : 700_082);
}

function refreshedScopes(asked: string | null, token: RefreshToken): string[] {
  if (asked === null) return token.scopes;
  const { scopes, unknown } = readScopes(asked);
  if (unknown.length > 0 || scopes.length === 0) throw new EntraError(70_011);
  return scopes;
}

function requireConsent(world: World, account: Account, client: ClientConfig, scopes: readonly string[]): void {
  const granted = grantedScopes(world.state, account, client.clientId);
  if (scopes.every((scope) => granted.includes(scope))) return;
  throw new EntraError(account.kind === 'personal' ? 70_000 : 65_001);
}

async function tokenAnswer(
  world: World,
  account: Account,
  client: ClientConfig,
  { scopes, nonce }: { scopes: string[]; nonce: string | null },
): Promise<JsonObject> {
  const access = issueAccessToken(world, client.clientId, account.email, scopes);
  const expiresIn = Math.floor((access.expiresAt - nowOf(world)) / 1000) - 1;
  const echoed = scopes.filter((scope) => scope !== 'offline_access');
  const answer: JsonObject = {
    token_type: 'Bearer',
    scope: world.random
      .shuffle(echoed)
      .map((scope) => spellScope(scope, world.settings.scopeForm))
      .join(' '),
    expires_in: expiresIn,
    ext_expires_in: expiresIn,
    access_token: access.token,
  };
  if (scopes.includes('offline_access')) {
    answer['refresh_token'] = issueRefreshToken(world, account, client.clientId, scopes).token;
  }
  if (scopes.includes('openid')) answer['id_token'] = await signIdToken(world, account, access, nonce);
  return answer;
}

function need(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (!value) {
    throw new EntraError(900_144, { text: `The request body must contain the following parameter: '${name}'.` });
  }
  return value;
}
