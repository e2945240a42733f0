import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pkce, standingClock } from '../kit/test-client.ts';
import type { MicrosoftSimulator } from './server.ts';
import { CONSUMER_TENANT, tenantOfDomain } from './state.ts';
import {
  ANNA,
  BEN,
  CARA,
  CLIENT,
  OTHER_CLIENT,
  SCOPE,
  authorizationUrl,
  callGraph,
  codeForm,
  codeOf,
  postToken,
  refreshForm,
  signIn,
  startForTest,
} from './test-client.ts';

const DAY = 24 * 60 * 60 * 1000;
const CONTOSO = tenantOfDomain(ANNA.email);

let sim: MicrosoftSimulator;
let clock: ReturnType<typeof standingClock>;

beforeEach(async () => {
  clock = standingClock(new Date().toISOString());
  sim = await startForTest({ clock });
});

afterEach(async () => {
  await sim.close();
});

async function obtainCode(
  email = ANNA.email,
  more: Record<string, string> = {},
): Promise<{ code: string; verifier: string; url: URL }> {
  const { verifier, challenge } = pkce();
  const url = new URL(await sim.authorize(authorizationUrl(sim, challenge, more), { email }));
  return { code: url.searchParams.get('code') ?? '', verifier, url };
}

async function callback(choices: { email: string; deny?: boolean }, more: Record<string, string> = {}): Promise<URL> {
  return new URL(await sim.authorize(authorizationUrl(sim, pkce().challenge, more), choices));
}

async function discovery(tenant: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${sim.url}/${tenant}/v2.0/.well-known/openid-configuration`);
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, unknown>;
}

describe('discovery', () => {
  test.each([
    ['common', '{tenantid}'],
    ['organizations', '{tenantid}'],
    ['consumers', CONSUMER_TENANT],
    [CONTOSO, CONTOSO],
    ['contoso.example', CONTOSO],
  ])('%s has the issuer of %s', async (segment, issuer) => {
    expect((await discovery(segment))['issuer']).toBe(`${sim.url}/${issuer}/v2.0`);
  });

  test('knows no revocation and no tenant that is not there', async () => {
    expect(await discovery('common')).not.toHaveProperty('revocation_endpoint');
    const unknown = await fetch(`${sim.url}/nobody.example/v2.0/.well-known/openid-configuration`);
    expect([unknown.status, await unknown.json()]).toMatchObject([400, { error_codes: [90_002] }]);
  });

  test('keys say whose they are', async () => {
    const keys = await (await fetch(String((await discovery('common'))['jwks_uri']))).json();
    expect(keys).toMatchObject({
      keys: [{ issuer: `${sim.url}/{tenantid}/v2.0` }, { issuer: `${sim.url}/${CONSUMER_TENANT}/v2.0` }],
    });
  });
});

describe('sign-in', () => {
  test.each([
    ['a work account', ANNA, CONTOSO],
    ['a personal account', BEN, CONSUMER_TENANT],
  ])('%s gets tokens signed for its own tenant', async (_name, person, tenant) => {
    const { code, verifier, url } = await obtainCode(person.email);
    expect(url.href.startsWith(`${CLIENT.redirectUris[0]}?`)).toBe(true);
    expect([...url.searchParams.keys()].toSorted()).toEqual(['code', 'session_state', 'state']);
    const { status, body } = await postToken(sim, codeForm(code, verifier));
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', refresh_token: expect.any(String) });
    expect(Number(body['expires_in'])).toBeGreaterThanOrEqual(3599);
    expect(Number(body['expires_in'])).toBeLessThan(5400);
    expect(String(body['scope']).split(' ').toSorted()).toEqual(
      ['Calendars.ReadWrite', 'User.Read', 'email', 'openid', 'profile'].toSorted(),
    );
    const keys = createRemoteJWKSet(new URL(`${sim.url}/common/discovery/v2.0/keys`));
    const { payload } = await jwtVerify(String(body['id_token']), keys, {
      issuer: `${sim.url}/${tenant}/v2.0`,
      audience: CLIENT.clientId,
    });
    expect(payload).toMatchObject({
      tid: tenant,
      ver: '2.0',
      nonce: 'nonce-1',
      name: person.name,
      preferred_username: person.email,
      email: person.email,
      oid: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      sub: expect.any(String),
    });
    const index = person === ANNA ? 0 : 1;
    const { keys: listed } = (await (await fetch(`${sim.url}/common/discovery/v2.0/keys`)).json()) as {
      keys: { kid: string }[];
    };
    expect(decodeProtectedHeader(String(body['id_token'])).kid).toBe(listed[index]?.kid);
  });

  test('a refusal answers access_denied with the state', async () => {
    const { searchParams } = await callback({ email: ANNA.email, deny: true });
    expect(searchParams.get('error')).toBe('access_denied');
    expect(searchParams.get('error_description')).toContain('AADSTS65004');
    expect(searchParams.get('state')).toBe('state-1');
  });

  test.each([
    ['an unknown client', { client_id: 'nobody' }, 'AADSTS700016'],
    ['a redirect address without its slash', { redirect_uri: 'http://localhost:8000/callback' }, 'AADSTS50011'],
    ['a redirect address in other case', { redirect_uri: 'http://localhost:8000/Callback/' }, 'AADSTS50011'],
    ['a redirect address of another host', { redirect_uri: 'http://127.0.0.1:8000/callback/' }, 'AADSTS50011'],
  ])('%s is refused on a page, not by a redirect', async (_name, more, text) => {
    const response = await fetch(authorizationUrl(sim, pkce().challenge, more), { redirect: 'manual' });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(text);
  });

  test('on localhost any port will do, elsewhere none', async () => {
    const { url } = await obtainCode(ANNA.email, { redirect_uri: 'http://localhost:3000/callback/' });
    expect(url.host).toBe('localhost:3000');
    const elsewhere = { client_id: OTHER_CLIENT.clientId, redirect_uri: 'https://app.example.com:444/callback' };
    const response = await fetch(authorizationUrl(sim, pkce().challenge, elsewhere), { redirect: 'manual' });
    expect(response.status).toBe(400);
  });

  test.each([
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['another response mode', { response_mode: 'fragment' }, 'invalid_request'],
    ['no state', { state: '' }, 'invalid_request'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['an unknown scope', { scope: 'openid Calendars.Everything' }, 'invalid_scope'],
    ['two prompts', { prompt: 'consent select_account' }, 'invalid_request'],
    ['a hint beside a chooser', { prompt: 'select_account', login_hint: ANNA.email }, 'invalid_request'],
  ])('%s goes back to the app as an error', async (_name, more, error) => {
    const url = await callback({ email: ANNA.email }, more);
    expect(url.searchParams.get('error')).toBe(error);
  });

  test('the address decides who may sign in', async () => {
    const chooser = async (tenant: string, more: Record<string, string> = {}): Promise<string> =>
      (await fetch(authorizationUrl(sim, pkce().challenge, more, tenant))).text();
    const common = await chooser('common');
    expect(common).toContain(ANNA.email);
    expect(common).toContain(BEN.email);
    expect(await chooser('organizations')).not.toContain(BEN.email);
    expect(await chooser('consumers')).not.toContain(ANNA.email);
    expect(await chooser(CONTOSO)).not.toContain(CARA.email);
    expect(await chooser('common', { domain_hint: 'consumers' })).not.toContain(ANNA.email);
  });

  test('a login hint leads straight to the consent page of that account', async () => {
    const url = authorizationUrl(sim, pkce().challenge, { login_hint: BEN.email, prompt: 'consent' });
    const page = await (await fetch(url)).text();
    expect(page).toContain('Let this app access your info?');
    expect(page).toContain(BEN.email);
    expect(page).toContain('Have full access to your calendars');
  });

  test('what was granted before needs no page, unless the app asks for one', async () => {
    await signIn(sim, { scope: SCOPE });
    const granted = await callback({ email: ANNA.email, deny: true });
    expect(granted.searchParams.get('code')).not.toBeNull();
    const asked = await callback({ email: ANNA.email, deny: true }, { prompt: 'consent' });
    expect(asked.searchParams.get('error')).toBe('access_denied');
  });

  test('prompt=none says what is missing', async () => {
    const silent = async (more: Record<string, string> = { login_hint: ANNA.email }): Promise<string | null> =>
      (await callback({ email: ANNA.email }, { prompt: 'none', ...more })).searchParams.get('error');
    expect(await silent({})).toBe('login_required');
    expect(await silent()).toBe('consent_required');
    await signIn(sim, { scope: SCOPE });
    expect(await silent()).toBeNull();
    sim.setAccount(ANNA.email, { interactionRequired: true });
    expect(await silent()).toBe('interaction_required');
  });

  test('a disabled account gets no further than a page', async () => {
    sim.setAccount(ANNA.email, { disabled: true });
    await expect(callback({ email: ANNA.email })).rejects.toThrow('AADSTS50057');
    expect((await callback({ email: BEN.email })).searchParams.get('code')).not.toBeNull();
  });

  test('a second factor is passed on a page and then no longer wanted', async () => {
    const tokens = await signIn(sim);
    sim.setAccount(ANNA.email, { interactionRequired: true });
    const refused = await postToken(sim, refreshForm(tokens.refresh_token));
    expect(refused.body).toMatchObject({ error: 'interaction_required', error_codes: [50_076] });
    await signIn(sim);
    expect((await postToken(sim, refreshForm(tokens.refresh_token))).status).toBe(200);
  });
});

describe('consent by an administrator', () => {
  const adminUrl = (tenant: string): string =>
    `${sim.url}/${tenant}/adminconsent?${new URLSearchParams({
      client_id: CLIENT.clientId,
      redirect_uri: CLIENT.redirectUris[0] ?? '',
      state: 'admin-1',
    }).toString()}`;

  test('is asked for on a page that leads back with AADSTS90094', async () => {
    sim.requireAdminConsent(ANNA.email);
    const page = await (await fetch(authorizationUrl(sim, pkce().challenge, { login_hint: ANNA.email }))).text();
    expect(page).toContain('Need admin approval');
    const { searchParams } = await callback({ email: ANNA.email });
    expect(searchParams.get('error')).toBe('access_denied');
    expect(searchParams.get('error_description')).toContain('AADSTS90094');
    sim.changeSettings({ adminApprovalError: 'consent_required' });
    expect((await callback({ email: ANNA.email })).searchParams.get('error')).toBe('consent_required');
  });

  test('opens the tenant to everybody in it', async () => {
    sim.requireAdminConsent(ANNA.email);
    const answer = new URL(await sim.adminConsent(adminUrl(CONTOSO), 'accept'));
    expect(Object.fromEntries(answer.searchParams)).toEqual({
      tenant: CONTOSO,
      admin_consent: 'True',
      state: 'admin-1',
    });
    expect((await signIn(sim, { scope: SCOPE })).access_token).toBeDefined();
  });

  test('can be refused, and is none of a personal account’s business', async () => {
    const refused = new URL(await sim.adminConsent(adminUrl(CONTOSO), 'cancel'));
    expect(refused.searchParams.get('error')).toBe('access_denied');
    expect((await fetch(adminUrl('consumers'))).status).toBe(400);
  });

  test('at common asks for which organization first', async () => {
    const page = await (await fetch(adminUrl('common'))).text();
    expect(page).toContain('Administrator of contoso.example');
    expect(page).toContain('Administrator of fabrikam.example');
    expect(page).not.toContain('outlook.example');
  });

  test('what was granted before goes on working', async () => {
    const tokens = await signIn(sim);
    sim.requireAdminConsent(ANNA.email);
    expect((await postToken(sim, refreshForm(tokens.refresh_token))).status).toBe(200);
  });
});

describe('the code', () => {
  test('is good once', async () => {
    const { code, verifier } = await obtainCode();
    expect((await postToken(sim, codeForm(code, verifier))).status).toBe(200);
    expect(codeOf(await postToken(sim, codeForm(code, verifier)))).toBe(54_005);
  });

  test('needs the verifier that belongs to it, and a wrong one spends it', async () => {
    const { code, verifier } = await obtainCode();
    const wrong = await postToken(sim, codeForm(code, pkce().verifier));
    expect([wrong.status, wrong.body['error'], codeOf(wrong)]).toEqual([400, 'invalid_grant', 501_481]);
    expect(codeOf(await postToken(sim, codeForm(code, verifier)))).toBe(54_005);
  });

  test('dies after ten minutes', async () => {
    const { code, verifier } = await obtainCode();
    clock.advance(10 * 60_000);
    expect(codeOf(await postToken(sim, codeForm(code, verifier)))).toBe(70_008);
  });

  test('is bound to the redirect address, the client and the tenant', async () => {
    const first = await obtainCode();
    const elsewhere = { ...codeForm(first.code, first.verifier), redirect_uri: 'http://localhost:8000/other/' };
    expect(codeOf(await postToken(sim, elsewhere))).toBe(500_112);
    const second = await obtainCode();
    expect(codeOf(await postToken(sim, codeForm(second.code, second.verifier, { ...CLIENT, ...OTHER_CLIENT })))).toBe(
      70_000,
    );
    const third = await obtainCode(BEN.email);
    const wrong = await postToken(sim, codeForm(third.code, third.verifier), { tenant: 'organizations' });
    expect(codeOf(wrong)).toBe(700_005);
  });

  test('is not sold to a client that cannot prove itself', async () => {
    const { code, verifier } = await obtainCode();
    const form = codeForm(code, verifier);
    const { client_secret: _secret, ...without } = form;
    const wrong = await postToken(sim, { ...form, client_secret: 'guess' });
    expect([wrong.status, wrong.body['error'], codeOf(wrong)]).toEqual([401, 'invalid_client', 7_000_215]);
    expect(codeOf(await postToken(sim, without))).toBe(7_000_218);
    sim.changeSettings({ clientSecretExpired: true });
    expect(codeOf(await postToken(sim, form))).toBe(7_000_222);
    sim.changeSettings({ clientSecretExpired: false });
    const fromBrowser = await postToken(sim, form, { headers: { origin: 'https://app.example.com' } });
    expect(codeOf(fromBrowser)).toBe(9_002_326);
    const basic = Buffer.from(`${CLIENT.clientId}:${CLIENT.clientSecret}`).toString('base64');
    expect((await postToken(sim, without, { headers: { authorization: `Basic ${basic}` } })).status).toBe(200);
  });
});

describe('refresh tokens', () => {
  test('are replaced at every use, and the old ones live on', async () => {
    const tokens = await signIn(sim);
    const first = await postToken(sim, refreshForm(tokens.refresh_token));
    const second = await postToken(sim, refreshForm(tokens.refresh_token));
    expect([first.status, second.status]).toEqual([200, 200]);
    const all = [tokens.refresh_token, first.body['refresh_token'], second.body['refresh_token']];
    expect(new Set(all).size).toBe(3);
    expect((await postToken(sim, refreshForm(String(first.body['refresh_token'])))).status).toBe(200);
  });

  test('come only with offline_access, id tokens only with openid', async () => {
    const tokens = await signIn(sim, { scope: 'openid Calendars.ReadWrite' });
    expect(tokens.refresh_token).toBeUndefined();
    expect(tokens['id_token']).toBeDefined();
    expect((await signIn(sim))['id_token']).toBeUndefined();
  });

  test('buy new access tokens when the old one has expired', async () => {
    const tokens = await signIn(sim);
    clock.advance(90 * 60_000);
    const dead = await callGraph(sim, tokens.access_token, 'GET', 'me');
    expect([dead.status, codeOf(dead)]).toEqual([401, 'InvalidAuthenticationToken']);
    const { body } = await postToken(sim, refreshForm(tokens.refresh_token));
    expect((await callGraph(sim, String(body['access_token']), 'GET', 'me')).status).toBe(200);
  });

  test.each([
    ['work', ANNA.email, 700_082],
    ['personal', BEN.email, 70_000],
  ])('of a %s account die after 90 days without use', async (_kind, email, number) => {
    const tokens = await signIn(sim, { email });
    clock.advance(90 * DAY - 1);
    const { body, status } = await postToken(sim, refreshForm(tokens.refresh_token));
    expect(status).toBe(200);
    clock.advance(1);
    const dead = await postToken(sim, refreshForm(tokens.refresh_token));
    expect([dead.status, dead.body['error'], codeOf(dead)]).toEqual([400, 'invalid_grant', number]);
    expect((await postToken(sim, refreshForm(String(body['refresh_token'])))).status).toBe(200);
  });

  test('are of no use after a revocation of the sessions', async () => {
    const tokens = await signIn(sim);
    expect(sim.revokeSessions(ANNA.email)).toBe(1);
    expect(codeOf(await postToken(sim, refreshForm(tokens.refresh_token)))).toBe(50_173);
    expect((await callGraph(sim, tokens.access_token, 'GET', 'me')).status).toBe(200);
    expect(sim.expireAccessTokens(ANNA.email)).toBe(1);
    expect((await callGraph(sim, tokens.access_token, 'GET', 'me')).status).toBe(401);
  });

  test('are of no use when the consent was taken back', async () => {
    const tokens = await signIn(sim);
    expect(sim.revokeGrant(ANNA.email)).toBe(true);
    expect((await postToken(sim, refreshForm(tokens.refresh_token))).body).toMatchObject({
      error: 'invalid_grant',
      suberror: 'consent_required',
      error_codes: [65_001],
    });
    expect(sim.revokeGrant(ANNA.email)).toBe(false);
    await signIn(sim);
    expect((await postToken(sim, refreshForm(tokens.refresh_token))).status).toBe(200);
  });

  test('cannot be used to ask for more', async () => {
    const tokens = await signIn(sim);
    const more = await postToken(sim, { ...refreshForm(tokens.refresh_token), scope: 'MailboxSettings.Read' });
    expect(more.body).toMatchObject({ error: 'invalid_grant', suberror: 'consent_required' });
    const less = await postToken(sim, { ...refreshForm(tokens.refresh_token), scope: 'User.Read' });
    expect(less.body['scope']).toBe('User.Read');
  });

  test('of a closed account say so', async () => {
    const tokens = await signIn(sim);
    sim.setAccount(ANNA.email, { disabled: true });
    expect(codeOf(await postToken(sim, refreshForm(tokens.refresh_token)))).toBe(50_057);
  });
});

describe('answers of the token endpoint', () => {
  test('spell scopes as switched', async () => {
    sim.changeSettings({ scopeForm: 'uri' });
    const scopes = String((await signIn(sim, { scope: 'profile Calendars.ReadWrite' }))['scope']).split(' ');
    expect(scopes.toSorted()).toEqual(['https://graph.microsoft.com/Calendars.ReadWrite', 'profile']);
  });

  test('tell of a mistake in Entra’s way', async () => {
    const { status, body } = await postToken(sim, refreshForm('nonsense'));
    expect(status).toBe(400);
    expect(Object.keys(body)).toEqual([
      'error',
      'error_description',
      'error_codes',
      'timestamp',
      'trace_id',
      'correlation_id',
      'error_uri',
    ]);
    expect(body['error_description']).toMatch(/^AADSTS70000: .*\r\nTrace ID: .*\r\nCorrelation ID: .*\r\nTimestamp: /);
    expect(body['timestamp']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
  });

  test.each([
    [
      { aadsts: 53_003, claims: '{"access_token":{}}' },
      400,
      { error: 'interaction_required', claims: '{"access_token":{}}' },
    ],
    [{ aadsts: 70_043 }, 400, { error: 'invalid_grant', suberror: 'token_expired' }],
    [{ aadsts: 50_076, code: 'invalid_grant', suberror: 'basic_action' }, 400, { error: 'invalid_grant' }],
    [{ aadsts: 7_000_222 }, 401, { error: 'invalid_client' }],
    [{ status: 429, retryAfter: 3 }, 429, { error: 'temporarily_unavailable' }],
    [{ status: 503 }, 503, { error: 'temporarily_unavailable' }],
  ])('on demand: %j', async (refusal, status, body) => {
    const tokens = await signIn(sim);
    sim.faults.add({ match: { operation: 'oauth.token.refresh' }, action: { kind: 'answer', ...refusal } });
    const refused = await postToken(sim, refreshForm(tokens.refresh_token));
    expect(refused.status).toBe(status);
    expect(refused.body).toMatchObject(body);
    expect((await postToken(sim, refreshForm(tokens.refresh_token))).status).toBe(200);
  });

  test('may be no JSON at all', async () => {
    const tokens = await signIn(sim);
    sim.faults.add({ action: { kind: 'html', status: 503 } });
    const page = await postToken(sim, refreshForm(tokens.refresh_token));
    expect([page.status, page.text.startsWith('<!DOCTYPE html>')]).toEqual([503, true]);
    sim.faults.add({ action: { kind: 'answer', status: 503, emptyBody: true } });
    const empty = await postToken(sim, refreshForm(tokens.refresh_token));
    expect([empty.status, empty.text]).toEqual([503, '']);
  });

  test('who does not wait as told is flagged', async () => {
    const tokens = await signIn(sim);
    sim.clearRequests();
    sim.faults.add({ action: { kind: 'answer', status: 429, retryAfter: 3 } });
    await postToken(sim, refreshForm(tokens.refresh_token));
    await postToken(sim, refreshForm(tokens.refresh_token));
    clock.advance(3000);
    await postToken(sim, refreshForm(tokens.refresh_token));
    expect(sim.requests().map(({ flags }) => flags)).toEqual([[], ['RETRY-AFTER NOT HONOURED'], []]);
  });
});

test('there is no revocation endpoint', async () => {
  const response = await fetch(`${sim.url}/common/oauth2/v2.0/revoke`, { method: 'POST' });
  expect(response.status).toBe(404);
});

test('the request log holds no token, code or secret', async () => {
  const tokens = await signIn(sim);
  await callGraph(sim, tokens.access_token, 'GET', 'me');
  const log = JSON.stringify(sim.requests());
  expect(sim.requests().map((entry) => entry.operation)).toEqual(['oauth.token.code', 'me.get']);
  for (const secret of [tokens.access_token, tokens.refresh_token, CLIENT.clientSecret]) {
    expect(log).not.toContain(secret);
  }
});
