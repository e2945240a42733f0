import { inspect } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FaultAction as AnyFaultAction } from '../../simulator/kit/faults.ts';
import type { Refusal } from '../../simulator/microsoft/faults.ts';
import { systemClock } from '../../src/base/time.ts';
import { CONSUMER_TENANT } from '../../src/providers/microsoft/authority.ts';
import { createMicrosoftOAuth } from '../../src/providers/microsoft/oauth.ts';
import type { AuthorizationRequest, Grant } from '../../src/sync/oauth.ts';
import { consentSecrets } from './consent-secrets.ts';
import { EMAIL, openOutlook, PERSONAL_EMAIL, played, type OutlookSetup } from './outlook-setup.ts';

const SCOPE = 'openid profile email offline_access User.Read Calendars.ReadWrite';

type FaultAction = AnyFaultAction<Refusal>;

let outlook: OutlookSetup;

beforeEach(async () => {
  outlook = await openOutlook();
});
afterEach(() => outlook.close());

test('asks for the least scope, with PKCE, for an account of the person’s choice', async () => {
  const url = new URL(await outlook.oauth.authorizationUrl(request({ state: 's1', nonce: 'n1' })));
  expect(url.origin + url.pathname).toBe(`${outlook.config.authorityUrl}/oauth2/v2.0/authorize`);
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: outlook.config.clientId,
    response_type: 'code',
    response_mode: 'query',
    redirect_uri: outlook.config.redirectUri,
    scope: SCOPE,
    state: 's1',
    nonce: 'n1',
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
    prompt: 'select_account',
  });
});

test('names the account on a reconnect, instead of the chooser', async () => {
  const url = new URL(await outlook.oauth.authorizationUrl(request({ loginHint: EMAIL })));
  expect(url.searchParams.get('login_hint')).toBe(EMAIL);
  expect(url.searchParams.has('prompt')).toBe(false);
  const wanted = request({ loginHint: EMAIL });
  expect((await exchange(await consent(wanted), wanted)).accountEmail).toBe(EMAIL);
});

test.each(['short', 'uri'] as const)('a consent gives a grant, with scopes in %s form', async (scopeForm) => {
  outlook.simulator.changeSettings({ scopeForm });
  const before = Date.now();
  const grant = await outlook.connect('primary');
  expect(grant.accountEmail).toBe(EMAIL);
  expect(grant.accountId).toMatch(/^[\da-f-]{36}:[\da-f-]{36}$/);
  expect(grant.tokens.refreshToken).not.toBe('');
  expect(grant.tokens.refreshExpiresAt).toBeNull();
  const lifetimeS = (grant.tokens.accessExpiresAt.getTime() - before) / 1000;
  expect(lifetimeS).toBeGreaterThan(3_500);
  expect(lifetimeS).toBeLessThan(5_460);
});

test('a personal account is one of the tenant of all of them', async () => {
  const grant = await outlook.connect('primary', PERSONAL_EMAIL);
  expect(grant.accountId.startsWith(`${CONSUMER_TENANT}:`)).toBe(true);
  expect(grant.accountId).not.toBe((await outlook.connect('primary')).accountId);
});

test('connecting again is the same account with another token', async () => {
  const first = await outlook.connect('primary');
  const second = await outlook.connect('dedicated');
  expect(second.accountId).toBe(first.accountId);
  expect(second.tokens.refreshToken).not.toBe(first.tokens.refreshToken);
});

test('a person who pressed Cancel has not connected', async () => {
  const wanted = request();
  const callback = await consent(wanted, { deny: true });
  await expect(exchange(callback, wanted)).rejects.toMatchObject({ name: 'GrantRefused', code: 'access_denied' });
});

test.each(['access_denied', 'consent_required'] as const)(
  'a company whose administrator decides is told apart (%s), until the administrator has allowed it',
  async (adminApprovalError) => {
    outlook.simulator.changeSettings({ adminApprovalError });
    outlook.simulator.requireAdminConsent(EMAIL);
    const wanted = request();
    await expect(exchange(await consent(wanted), wanted)).rejects.toMatchObject({ code: 'admin_consent_required' });

    const back = new URL(await outlook.simulator.adminConsent(outlook.oauth.adminConsentUrl ?? '', 'accept'));
    expect(back.origin + back.pathname).toBe(outlook.config.redirectUri);
    expect(back.searchParams.get('admin_consent')).toBe('True');
    expect(back.searchParams.has('code')).toBe(false);
    expect((await outlook.connect('primary')).accountEmail).toBe(EMAIL);
  },
);

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

test.each([
  ['503', { kind: 'answer', status: 503 }],
  ['429', { kind: 'answer', status: 429 }],
  ['a page', { kind: 'html' }],
  ['silence', { kind: 'drop' }],
] satisfies [string, FaultAction][])('%s at the exchange is worth another try', async (_, action) => {
  const wanted = request();
  const callback = await consent(wanted);
  outlook.simulator.faults.add({ match: { operation: 'oauth.token.code' }, action });
  await expect(exchange(callback, wanted)).rejects.toMatchObject({ code: 'provider_unavailable' });
});

test('a refresh gives new tokens, which are good for the calendar; the old one is good for another try', async () => {
  const { tokens } = await outlook.connect('primary');
  const fresh = await outlook.oauth.refresh(tokens.refreshToken, AbortSignal.timeout(10_000));
  expect(fresh.accessToken).not.toBe(tokens.accessToken);
  expect(fresh.refreshToken).not.toBe(tokens.refreshToken);
  const calendar = await outlook.provider.openCalendar(fresh.accessToken, 'primary', '', AbortSignal.timeout(10_000));
  expect(calendar.kind).toBe('primary');
  for (const token of [tokens.refreshToken, fresh.refreshToken ?? '']) {
    expect((await outlook.oauth.refresh(token, AbortSignal.timeout(10_000))).refreshToken).not.toBeNull();
  }
});

test('a consent that its owner took back needs a reconnect', async () => {
  const { tokens } = await outlook.connect('primary');
  outlook.simulator.revokeGrant(EMAIL);
  await expectRefresh(tokens.refreshToken, { kind: 'reauth_required', code: 'consent_withdrawn' });
});

test('sessions that an administrator ended need a reconnect', async () => {
  const { tokens } = await outlook.connect('primary');
  outlook.simulator.revokeSessions(EMAIL);
  await expectRefresh(tokens.refreshToken, { kind: 'reauth_required', code: 'grant_revoked' });
});

test.each(['interaction_required', 'invalid_grant'] as const)(
  'a second factor that is asked for (%s) needs a reconnect, which helps',
  async (interactionError) => {
    outlook.simulator.changeSettings({ interactionError });
    const { tokens } = await outlook.connect('primary');
    outlook.simulator.setAccount(EMAIL, { interactionRequired: true });
    await expectRefresh(tokens.refreshToken, { kind: 'reauth_required', code: 'sign_in_rules' });
    const again = await outlook.connect('primary');
    expect(await outlook.oauth.refresh(again.tokens.refreshToken, AbortSignal.timeout(10_000))).toBeTruthy();
  },
);

test('an account that was switched off says so', async () => {
  const { tokens } = await outlook.connect('primary');
  outlook.simulator.setAccount(EMAIL, { disabled: true });
  await expectRefresh(tokens.refreshToken, { kind: 'reauth_required', code: 'account_disabled' });
});

test('a grant that nobody used for ninety days has ended', async () => {
  const { tokens } = await outlook.connect('primary');
  outlook.simulator.changeSettings({ refreshTokenLifetimeDays: 0 });
  await expectRefresh(tokens.refreshToken, { kind: 'reauth_required', code: 'grant_expired' });
});

test('a wrong client secret disconnects nobody', async () => {
  const { tokens } = await outlook.connect('primary');
  const config = { ...outlook.config, clientSecret: 'wrong' };
  const oauth = createMicrosoftOAuth(config, { http: outlook.http, clock: systemClock });
  const refreshing = oauth.refresh(tokens.refreshToken, AbortSignal.timeout(10_000));
  await expect(refreshing).rejects.toMatchObject({ failure: { kind: 'operator_error', code: 'invalid_client' } });
});

test('a secret that has ended is named, and disconnects nobody', async () => {
  const { tokens } = await outlook.connect('primary');
  outlook.simulator.changeSettings({ clientSecretExpired: true });
  await expectRefresh(tokens.refreshToken, { kind: 'operator_error', code: 'client_secret_expired' });
  outlook.simulator.changeSettings({ clientSecretExpired: false });
  expect(await outlook.oauth.refresh(tokens.refreshToken, AbortSignal.timeout(10_000))).toBeTruthy();
});

test.each([
  ['503', { kind: 'answer', status: 503, retryAfter: 3 }, { code: 'token_endpoint_unavailable', afterMs: 3_000 }],
  ['429', { kind: 'answer', status: 429 }, { code: 'token_rate_limited', scope: 'app' }],
  ['a page', { kind: 'html' }, { code: 'token_endpoint_unavailable', scope: 'connection', afterMs: null }],
  ['a closed door', { kind: 'drop' }, { code: 'connection_lost', scope: 'connection', afterMs: null }],
  ['a cut answer', { kind: 'malformed-json' }, { code: 'token_answer_unreadable', scope: 'connection', afterMs: null }],
] satisfies [string, FaultAction, object][])('%s at a refresh passes', async (_, action, failure) => {
  const { tokens } = await outlook.connect('primary');
  outlook.simulator.faults.add({ match: { operation: 'oauth.token.refresh' }, action });
  await expectRefresh(tokens.refreshToken, { kind: 'retry_later', ...failure });
  expect(await outlook.oauth.refresh(tokens.refreshToken, AbortSignal.timeout(10_000))).toBeTruthy();
});

test('a refresh that nobody answers ends with its signal', async () => {
  const { tokens } = await outlook.connect('primary');
  const id = outlook.simulator.faults.add({ match: { operation: 'oauth.token.refresh' }, action: { kind: 'hang' } });
  const stop = new AbortController();
  const refreshing = outlook.oauth.refresh(tokens.refreshToken, stop.signal);
  const refused = expect(refreshing).rejects.toMatchObject({ failure: { kind: 'retry_later', code: 'aborted' } });
  await played(outlook.simulator, id);
  stop.abort();
  await refused;
});

test('no failure carries a secret or the person’s address', async () => {
  const { tokens } = await outlook.connect('primary');
  const wanted = request();
  const callback = new URL(await consent(wanted));
  const errors: unknown[] = [];
  const keep = (error: unknown): void => void errors.push(error);
  await exchange(callback, { ...wanted, nonce: 'another' }).catch(keep);
  await exchange(callback, wanted).catch(keep);
  outlook.simulator.faults.add({ match: { operation: 'oauth.token.refresh' }, action: { kind: 'drop' } });
  await outlook.oauth.refresh(tokens.refreshToken, AbortSignal.timeout(10_000)).catch(keep);
  outlook.simulator.revokeGrant(EMAIL);
  await outlook.oauth.refresh(tokens.refreshToken, AbortSignal.timeout(10_000)).catch(keep);
  expect(errors).toHaveLength(4);
  const text = inspect(errors, { depth: 20, showHidden: true });
  const code = callback.searchParams.get('code') ?? expect.fail('no code');
  for (const secret of [
    EMAIL,
    tokens.refreshToken,
    tokens.accessToken,
    outlook.config.clientSecret,
    code,
    wanted.codeVerifier,
  ]) {
    expect(text).not.toContain(secret);
  }
});

function request(change: Partial<AuthorizationRequest> = {}): AuthorizationRequest {
  return { ...consentSecrets(), calendar: 'primary', loginHint: null, formerCalendar: null, ...change };
}

async function consent(wanted: AuthorizationRequest, choices: { deny?: boolean } = {}): Promise<string> {
  const address = await outlook.oauth.authorizationUrl(wanted);
  return outlook.simulator.authorize(address, { email: EMAIL, ...choices });
}

async function exchange(callback: string | URL, wanted: AuthorizationRequest): Promise<Grant> {
  return outlook.oauth.exchange(new URL(callback), wanted, AbortSignal.timeout(10_000));
}

async function expectRefresh(refreshToken: string, failure: object): Promise<void> {
  const refreshing = outlook.oauth.refresh(refreshToken, AbortSignal.timeout(10_000));
  await expect(refreshing).rejects.toMatchObject({ name: 'ProviderFailure', failure });
}
