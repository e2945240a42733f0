import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pkce, standingClock } from '../kit/test-client.ts';
import type { GoogleSimulator } from './server.ts';
import {
  ANNA,
  BEN,
  CLIENT,
  OTHER_CLIENT,
  OWNED,
  authorizationUrl,
  callApi,
  postToken,
  reasonOf,
  refreshForm,
  signIn,
  startForTest,
} from './test-client.ts';

const DAY = 24 * 60 * 60 * 1000;

let sim: GoogleSimulator;
let clock: ReturnType<typeof standingClock>;

beforeEach(async () => {
  clock = standingClock(new Date().toISOString());
  sim = await startForTest({ clock });
});

afterEach(async () => {
  await sim.close();
});

function codeForm(code: string, verifier: string): Record<string, string> {
  return {
    grant_type: 'authorization_code',
    client_id: CLIENT.clientId,
    client_secret: CLIENT.clientSecret,
    redirect_uri: CLIENT.redirectUris[0] ?? '',
    code,
    code_verifier: verifier,
  };
}

async function obtainCode(more: Record<string, string> = {}): Promise<{ code: string; verifier: string; url: URL }> {
  const { verifier, challenge } = pkce();
  const url = new URL(await sim.authorize(authorizationUrl(sim, challenge, more), { email: ANNA.email }));
  return { code: url.searchParams.get('code') ?? '', verifier, url };
}

describe('sign-in', () => {
  test('leads back with code and state, and the code buys signed tokens', async () => {
    const { code, verifier, url } = await obtainCode();
    expect(url.href.startsWith(`${CLIENT.redirectUris[0]}?`)).toBe(true);
    expect(url.searchParams.get('state')).toBe('state-1');
    const { status, body } = await postToken(sim, codeForm(code, verifier));
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3599 });
    expect(String(body['scope']).split(' ')).toEqual([
      'openid',
      'https://www.googleapis.com/auth/userinfo.email',
      OWNED,
    ]);
    const keys = createRemoteJWKSet(new URL(sim.env['GOOGLE_JWKS_URL'] ?? ''));
    const { payload } = await jwtVerify(String(body['id_token']), keys, {
      issuer: sim.env['GOOGLE_ISSUER'] ?? '',
      audience: CLIENT.clientId,
    });
    expect(payload).toMatchObject({ email: ANNA.email, email_verified: true, nonce: 'nonce-1' });
    expect(payload.sub).toMatch(/^\d{21}$/);
  });

  test('an unticked scope is missing from the token and its calls are refused', async () => {
    const { verifier, challenge } = pkce();
    const callback = await sim.authorize(authorizationUrl(sim, challenge), {
      email: ANNA.email,
      untick: ['calendar.events.owned'],
    });
    const code = new URL(callback).searchParams.get('code') ?? '';
    const { body } = await postToken(sim, codeForm(code, verifier));
    expect(body['scope']).not.toContain('calendar');
    const answer = await callApi(sim, String(body['access_token']), 'GET', 'calendars/primary/events');
    expect(answer.status).toBe(403);
    expect(reasonOf(answer)).toBe('insufficientPermissions');
    expect(answer.body['error']).toMatchObject({
      status: 'PERMISSION_DENIED',
      message: 'Request had insufficient authentication scopes.',
      errors: [{ message: 'Insufficient Permission' }],
      details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT', metadata: { method: 'calendar.v3.Events.List' } }],
    });
  });

  test('denial answers access_denied with the state', async () => {
    const callback = new URL(
      await sim.authorize(authorizationUrl(sim, pkce().challenge), { email: ANNA.email, deny: true }),
    );
    expect(Object.fromEntries(callback.searchParams)).toEqual({ state: 'state-1', error: 'access_denied' });
  });

  test.each([
    ['an unknown client', { client_id: 'nobody' }, 401, 'invalid_client'],
    [
      'a redirect address without its slash',
      { redirect_uri: 'http://localhost:8000/callback' },
      400,
      'redirect_uri_mismatch',
    ],
    ['another response type', { response_type: 'token' }, 400, 'unsupported_response_type'],
    ['no state', { state: '' }, 400, 'invalid_request'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 400, 'invalid_request'],
    ['an unknown scope', { scope: 'openid https://example.com/x' }, 400, 'invalid_scope'],
  ])('%s is refused on a page, not by a redirect', async (_name, more, status, code) => {
    const response = await fetch(authorizationUrl(sim, pkce().challenge, more), { redirect: 'manual' });
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(code);
  });

  test('a login hint leads straight to the consent page of that account', async () => {
    const url = authorizationUrl(sim, pkce().challenge, { login_hint: BEN.email, prompt: 'consent' });
    const page = await (await fetch(url)).text();
    expect(page).toContain('wants access to your account');
    expect(page).toContain(BEN.email);
  });

  test('what was granted before needs no page, and gives no second refresh token', async () => {
    await signIn(sim);
    const again = await signIn(sim, { more: { prompt: 'select_account' } });
    expect(again.access_token).toBeDefined();
    expect(again.refresh_token).toBeUndefined();
  });

  test('without access_type=offline there is no refresh token', async () => {
    expect((await signIn(sim, { more: { access_type: 'online' } })).refresh_token).toBeUndefined();
  });

  test('prompt=none needs an earlier grant', async () => {
    const url = authorizationUrl(sim, pkce().challenge, { prompt: 'none', login_hint: ANNA.email });
    expect(await sim.authorize(url, { email: ANNA.email })).toContain('error=interaction_required');
    await signIn(sim, { scope: `openid email ${OWNED}` });
    expect(await sim.authorize(url, { email: ANNA.email })).toContain('code=');
  });

  test('an administrator can block the app', async () => {
    sim.setAccount(ANNA.email, { adminPolicyEnforced: true });
    const callback = await sim.authorize(authorizationUrl(sim, pkce().challenge), { email: ANNA.email });
    expect(callback).toContain('error=admin_policy_enforced');
  });
});

describe('the code', () => {
  test('is good once', async () => {
    const { code, verifier } = await obtainCode();
    expect((await postToken(sim, codeForm(code, verifier))).status).toBe(200);
    expect((await postToken(sim, codeForm(code, verifier))).body).toMatchObject({ error: 'invalid_grant' });
  });

  test('needs the verifier that belongs to it, and a wrong one spends it', async () => {
    const { code, verifier } = await obtainCode();
    const wrong = await postToken(sim, codeForm(code, pkce().verifier));
    expect([wrong.status, wrong.body['error']]).toEqual([400, 'invalid_grant']);
    expect((await postToken(sim, codeForm(code, verifier))).status).toBe(400);
  });

  test('dies after ten minutes', async () => {
    const { code, verifier } = await obtainCode();
    clock.advance(10 * 60_000);
    expect((await postToken(sim, codeForm(code, verifier))).body).toMatchObject({ error: 'invalid_grant' });
  });

  test('is bound to the redirect address and the client', async () => {
    const first = await obtainCode();
    const elsewhere = { ...codeForm(first.code, first.verifier), redirect_uri: 'http://localhost:8000/other/' };
    expect((await postToken(sim, elsewhere)).body).toMatchObject({ error: 'redirect_uri_mismatch' });
    const second = await obtainCode();
    const { clientId: client_id, clientSecret: client_secret } = OTHER_CLIENT;
    const stolen = { ...codeForm(second.code, second.verifier), client_id, client_secret };
    expect((await postToken(sim, stolen)).body).toMatchObject({ error: 'invalid_grant' });
  });

  test('is not sold to a client with a wrong secret', async () => {
    const { code, verifier } = await obtainCode();
    const answer = await postToken(sim, { ...codeForm(code, verifier), client_secret: 'guess' });
    expect([answer.status, answer.body['error']]).toEqual([401, 'invalid_client']);
  });
});

describe('refresh tokens', () => {
  test('buy new access tokens and are not rotated', async () => {
    const tokens = await signIn(sim);
    clock.advance(3600_000);
    const dead = await callApi(sim, tokens.access_token, 'GET', 'calendars/primary/events');
    expect([dead.status, reasonOf(dead)]).toEqual([401, 'authError']);
    const { status, body } = await postToken(sim, refreshForm(tokens.refresh_token));
    expect(status).toBe(200);
    expect(body['refresh_token']).toBeUndefined();
    const alive = await callApi(sim, String(body['access_token']), 'GET', 'calendars/primary/events');
    expect(alive.status).toBe(200);
  });

  test('are rotated when switched on, and the old one is dead', async () => {
    const tokens = await signIn(sim);
    sim.changeSettings({ rotateRefreshTokens: true });
    const { body } = await postToken(sim, refreshForm(tokens.refresh_token));
    expect(body['refresh_token']).not.toBe(tokens.refresh_token);
    expect((await postToken(sim, refreshForm(tokens.refresh_token))).body).toMatchObject({ error: 'invalid_grant' });
    expect((await postToken(sim, refreshForm(String(body['refresh_token'])))).status).toBe(200);
  });

  test('the 101st of one account and client kills the oldest', async () => {
    const first = await signIn(sim);
    const second = await signIn(sim);
    // Without openid no token has to be signed, which is most of the time.
    const more = { login_hint: ANNA.email, prompt: 'consent' };
    for (let count = 0; count < 99; count += 1) await signIn(sim, { scope: OWNED, more });
    expect((await postToken(sim, refreshForm(first.refresh_token))).body).toMatchObject({ error: 'invalid_grant' });
    expect((await postToken(sim, refreshForm(second.refresh_token))).status).toBe(200);
  }, 60_000);

  test('die after seven days while the project is in testing', async () => {
    sim.changeSettings({ testingMode: true });
    const tokens = await signIn(sim);
    expect(tokens['refresh_token_expires_in']).toBe(7 * 24 * 3600);
    clock.advance(7 * DAY - 1000);
    expect((await postToken(sim, refreshForm(tokens.refresh_token))).status).toBe(200);
    clock.advance(1000);
    expect((await postToken(sim, refreshForm(tokens.refresh_token))).body).toMatchObject({ error: 'invalid_grant' });
  });

  test('are of no use while the administrator blocks or the account is closed', async () => {
    const tokens = await signIn(sim);
    sim.setAccount(ANNA.email, { adminPolicyEnforced: true });
    expect((await postToken(sim, refreshForm(tokens.refresh_token))).body).toMatchObject({
      error: 'admin_policy_enforced',
    });
    sim.setAccount(ANNA.email, { adminPolicyEnforced: false, disabled: true });
    expect((await postToken(sim, refreshForm(tokens.refresh_token))).body).toMatchObject({ error: 'invalid_grant' });
  });

  test('a refusal on demand leaves the token alive', async () => {
    const tokens = await signIn(sim);
    sim.faults.add({ match: { operation: 'oauth.token.refresh' }, action: { kind: 'answer', status: 503 } });
    expect((await postToken(sim, refreshForm(tokens.refresh_token))).status).toBe(503);
    expect((await postToken(sim, refreshForm(tokens.refresh_token))).status).toBe(200);
  });
});

describe('revocation', () => {
  test('takes back everything the account granted to the project, over all clients', async () => {
    const one = await signIn(sim);
    const other = await signIn(sim, { client: OTHER_CLIENT });
    const ben = await signIn(sim, { email: BEN.email });
    const revoke = await fetch(`${sim.url}/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ token: one.access_token }),
    });
    expect(revoke.status).toBe(200);
    expect((await postToken(sim, refreshForm(one.refresh_token))).body).toMatchObject({ error: 'invalid_grant' });
    expect((await postToken(sim, refreshForm(other.refresh_token, OTHER_CLIENT))).status).toBe(400);
    expect((await callApi(sim, other.access_token, 'GET', 'calendars/primary/events')).status).toBe(401);
    expect((await postToken(sim, refreshForm(ben.refresh_token))).status).toBe(200);
  });

  test('of a dead token answers 400', async () => {
    const { refresh_token: token } = await signIn(sim);
    sim.revokeGrant(ANNA.email);
    const revoke = await fetch(`${sim.url}/revoke?token=${encodeURIComponent(token)}`, { method: 'POST' });
    expect(revoke.status).toBe(400);
    expect(await revoke.json()).toMatchObject({ error: 'invalid_token' });
  });

  test('after it the next consent is a first one again', async () => {
    await signIn(sim);
    sim.revokeGrant(ANNA.email);
    expect((await signIn(sim, { more: { prompt: 'select_account' } })).refresh_token).toBeDefined();
  });
});

test('the request log holds no token, code or secret', async () => {
  const tokens = await signIn(sim);
  await fetch(`${sim.url}/revoke?token=${encodeURIComponent(tokens.refresh_token)}`, { method: 'POST' });
  const log = JSON.stringify(sim.requests());
  expect(sim.requests().map((entry) => entry.operation)).toEqual(['oauth.token.code', 'oauth.revoke']);
  for (const secret of [tokens.access_token, tokens.refresh_token, CLIENT.clientSecret]) {
    expect(log).not.toContain(secret);
    expect(log).not.toContain(encodeURIComponent(secret));
  }
});
