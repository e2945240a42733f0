import { inspect } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FaultAction } from '../../simulator/google/faults.ts';
import { systemClock } from '../../src/base/time.ts';
import { createGoogleOAuth } from '../../src/providers/google/oauth.ts';
import type { AuthorizationRequest, Grant } from '../../src/sync/oauth.ts';
import { consentSecrets } from './consent-secrets.ts';
import { EMAIL, openGoogle, played, type GoogleSetup } from './google-setup.ts';

const EVENTS_OWNED = 'https://www.googleapis.com/auth/calendar.events.owned';
const APP_CREATED = 'https://www.googleapis.com/auth/calendar.app.created';

let google: GoogleSetup;

beforeEach(async () => {
  google = await openGoogle();
});
afterEach(() => google.close());

test('asks for the least scope, with PKCE, offline, for an account of the person’s choice', async () => {
  const url = new URL(await google.oauth.authorizationUrl(request({ state: 's1', nonce: 'n1' })));
  expect(url.origin + url.pathname).toBe(google.config.authUrl);
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: google.config.clientId,
    response_type: 'code',
    redirect_uri: google.config.redirectUri,
    scope: `openid email ${EVENTS_OWNED}`,
    state: 's1',
    nonce: 'n1',
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
    access_type: 'offline',
    prompt: 'consent select_account',
  });
});

test('asks for the dedicated calendar’s scope, and names the account on a reconnect', async () => {
  const url = new URL(await google.oauth.authorizationUrl(request({ calendar: 'dedicated', loginHint: EMAIL })));
  expect(url.searchParams.get('scope')).toBe(`openid email ${APP_CREATED}`);
  expect(url.searchParams.get('prompt')).toBe('consent');
  expect(url.searchParams.get('login_hint')).toBe(EMAIL);
});

test('a consent gives a grant', async () => {
  const before = Date.now();
  const grant = await google.connect('primary');
  expect(grant.accountEmail).toBe(EMAIL);
  expect(grant.accountId).toMatch(/^\d+$/);
  expect(grant.scopes).toContain(EVENTS_OWNED);
  expect(grant.tokens.refreshToken).not.toBe('');
  expect(grant.tokens.refreshExpiresAt).toBeNull();
  const lifetimeS = (grant.tokens.accessExpiresAt.getTime() - before) / 1000;
  expect(lifetimeS).toBeGreaterThan(3_500);
  expect(lifetimeS).toBeLessThan(3_660);
});

test('connecting again gives a refresh token again', async () => {
  const first = await google.connect('primary');
  const second = await google.connect('primary');
  expect(second.accountId).toBe(first.accountId);
  expect(second.tokens.refreshToken).not.toBe(first.tokens.refreshToken);
});

test.each([
  ['pressed Cancel', { deny: true }, 'access_denied'],
  ['cleared the box of the calendar', { untick: ['calendar.events.owned'] }, 'scope_missing'],
])('a person who %s has not connected', async (_, choices, code) => {
  const wanted = request();
  const callback = await google.simulator.authorize(await google.oauth.authorizationUrl(wanted), {
    email: EMAIL,
    ...choices,
  });
  await expect(exchange(callback, wanted)).rejects.toMatchObject({ name: 'GrantRefused', code });
});

test.each([
  ['access_denied', 'access_denied'],
  ['admin_policy_enforced', 'admin_consent_required'],
  ['temporarily_unavailable', 'provider_unavailable'],
  ['server_error', 'provider_unavailable'],
  ['org_internal', 'provider_error'],
])('a callback with %s', async (error, code) => {
  const wanted = request();
  const callback = new URL(google.config.redirectUri);
  callback.search = new URLSearchParams({ error, state: wanted.state }).toString();
  await expect(exchange(callback, wanted)).rejects.toMatchObject({ name: 'GrantRefused', code });
});

test.each([
  ['state', { state: 'another' }],
  ['nonce', { nonce: 'another' }],
  ['verifier', { codeVerifier: 'another-verifier-that-is-long-enough-to-be-a-verifier' }],
])('a callback of another %s is refused', async (_, change) => {
  const wanted = request();
  const callback = await consent(wanted);
  await expect(exchange(callback, { ...wanted, ...change })).rejects.toMatchObject({ code: 'provider_error' });
});

test('a code is good once', async () => {
  const wanted = request();
  const callback = await consent(wanted);
  await exchange(callback, wanted);
  await expect(exchange(callback, wanted)).rejects.toMatchObject({ code: 'provider_error' });
});

test('a callback that came through a proxy is exchanged under the registered address', async () => {
  const wanted = request();
  const callback = new URL(await consent(wanted));
  callback.host = 'inside.example:9999';
  expect((await exchange(callback, wanted)).accountEmail).toBe(EMAIL);
});

test('a callback of another issuer is refused', async () => {
  const wanted = request();
  const callback = new URL(await consent(wanted));
  callback.searchParams.set('iss', 'https://issuer.example');
  await expect(exchange(callback, wanted)).rejects.toMatchObject({ code: 'provider_error' });
});

test.each([
  ['503', { kind: 'answer', status: 503 }],
  ['429', { kind: 'answer', status: 429 }],
  ['a page', { kind: 'html' }],
  ['silence', { kind: 'drop' }],
] satisfies [string, FaultAction][])('%s at the exchange is worth another try', async (_, action) => {
  const wanted = request();
  const callback = await consent(wanted);
  google.simulator.faults.add({ match: { operation: 'oauth.token.code' }, action });
  await expect(exchange(callback, wanted)).rejects.toMatchObject({ code: 'provider_unavailable' });
});

test('a refresh gives a new access token and keeps the refresh token', async () => {
  const { tokens } = await google.connect('primary');
  const fresh = await google.oauth.refresh(tokens.refreshToken, AbortSignal.timeout(10_000));
  expect(fresh.accessToken).not.toBe(tokens.accessToken);
  expect(fresh.refreshToken).toBeNull();
  expect(fresh.accessExpiresAt.getTime()).toBeGreaterThan(Date.now());
});

test('a rotated refresh token is given on', async () => {
  google.simulator.changeSettings({ rotateRefreshTokens: true });
  const { tokens } = await google.connect('primary');
  const fresh = await google.oauth.refresh(tokens.refreshToken, AbortSignal.timeout(10_000));
  expect(fresh.refreshToken).not.toBeNull();
  expect(fresh.refreshToken).not.toBe(tokens.refreshToken);
});

test('a grant that its owner took back needs a reconnect', async () => {
  const { tokens } = await google.connect('primary');
  google.simulator.revokeGrant(EMAIL);
  await expectRefresh(tokens.refreshToken, { kind: 'reauth_required', code: 'grant_revoked' });
});

test('an administrator who blocks the app is told apart', async () => {
  const { tokens } = await google.connect('primary');
  google.simulator.setAccount(EMAIL, { adminPolicyEnforced: true });
  await expectRefresh(tokens.refreshToken, { kind: 'reauth_required', code: 'admin_policy_enforced' });
});

test('a wrong client secret disconnects nobody', async () => {
  const { tokens } = await google.connect('primary');
  const config = { ...google.config, clientSecret: 'wrong' };
  const oauth = createGoogleOAuth(config, { http: google.http, clock: systemClock });
  const refreshing = oauth.refresh(tokens.refreshToken, AbortSignal.timeout(10_000));
  await expect(refreshing).rejects.toMatchObject({ failure: { kind: 'operator_error', code: 'invalid_client' } });
});

test.each([
  ['503', { kind: 'answer', status: 503 }, { code: 'token_endpoint_unavailable', scope: 'connection' }],
  ['429', { kind: 'answer', status: 429 }, { code: 'token_rate_limited', scope: 'app' }],
  ['a page', { kind: 'html' }, { code: 'token_endpoint_unavailable', scope: 'connection', afterMs: null }],
  ['a closed door', { kind: 'drop' }, { code: 'connection_lost', scope: 'connection', afterMs: null }],
  ['a cut answer', { kind: 'malformed-json' }, { code: 'token_answer_unreadable', scope: 'connection', afterMs: null }],
] satisfies [string, FaultAction, object][])('%s at a refresh passes', async (_, action, failure) => {
  const { tokens } = await google.connect('primary');
  google.simulator.faults.add({ match: { operation: 'oauth.token.refresh' }, action });
  await expectRefresh(tokens.refreshToken, { kind: 'retry_later', ...failure });
  expect(await google.oauth.refresh(tokens.refreshToken, AbortSignal.timeout(10_000))).toBeTruthy();
});

test('a refresh that nobody answers ends with its signal', async () => {
  const { tokens } = await google.connect('primary');
  const id = google.simulator.faults.add({ match: { operation: 'oauth.token.refresh' }, action: { kind: 'hang' } });
  const stop = new AbortController();
  const refreshing = google.oauth.refresh(tokens.refreshToken, stop.signal);
  const refused = expect(refreshing).rejects.toMatchObject({ failure: { kind: 'retry_later', code: 'aborted' } });
  await played(google.simulator, id);
  stop.abort();
  await refused;
});

test('revoking ends the grant, and can be repeated', async () => {
  const { tokens } = await google.connect('primary');
  await google.oauth.revoke(tokens.refreshToken, AbortSignal.timeout(10_000));
  await google.oauth.revoke(tokens.refreshToken, AbortSignal.timeout(10_000));
  await expectRefresh(tokens.refreshToken, { kind: 'reauth_required', code: 'grant_revoked' });
});

test.each([
  ['503', { kind: 'answer', status: 503 }],
  ['a closed door', { kind: 'drop' }],
] satisfies [string, FaultAction][])('%s at a revocation is worth another try', async (_, action) => {
  const { tokens } = await google.connect('primary');
  google.simulator.faults.add({ match: { operation: 'oauth.revoke' }, action });
  const revoking = google.oauth.revoke(tokens.refreshToken, AbortSignal.timeout(10_000));
  await expect(revoking).rejects.toMatchObject({ failure: { kind: 'retry_later' } });
});

test('no failure carries a secret or the person’s address', async () => {
  const { tokens } = await google.connect('primary');
  const wanted = request();
  const callback = new URL(await consent(wanted));
  const errors: unknown[] = [];
  const keep = (error: unknown): void => void errors.push(error);
  await exchange(callback, { ...wanted, nonce: 'another' }).catch(keep);
  await exchange(callback, wanted).catch(keep);
  google.simulator.faults.add({ match: { operation: 'oauth.token.refresh' }, action: { kind: 'drop' } });
  await google.oauth.refresh(tokens.refreshToken, AbortSignal.timeout(10_000)).catch(keep);
  google.simulator.revokeGrant(EMAIL);
  await google.oauth.refresh(tokens.refreshToken, AbortSignal.timeout(10_000)).catch(keep);
  expect(errors).toHaveLength(4);
  const text = inspect(errors, { depth: 20, showHidden: true });
  const code = callback.searchParams.get('code') ?? expect.fail('no code');
  for (const secret of [
    EMAIL,
    tokens.refreshToken,
    tokens.accessToken,
    google.config.clientSecret,
    code,
    wanted.codeVerifier,
  ]) {
    expect(text).not.toContain(secret);
  }
});

function request(change: Partial<AuthorizationRequest> = {}): AuthorizationRequest {
  return { ...consentSecrets(), calendar: 'primary', formerCalendar: null, loginHint: null, ...change };
}

async function consent(wanted: AuthorizationRequest): Promise<string> {
  return google.simulator.authorize(await google.oauth.authorizationUrl(wanted), { email: EMAIL });
}

async function exchange(callback: string | URL, wanted: AuthorizationRequest): Promise<Grant> {
  return google.oauth.exchange(new URL(callback), wanted, AbortSignal.timeout(10_000));
}

async function expectRefresh(refreshToken: string, failure: object): Promise<void> {
  const refreshing = google.oauth.refresh(refreshToken, AbortSignal.timeout(10_000));
  await expect(refreshing).rejects.toMatchObject({ name: 'ProviderFailure', failure });
}
