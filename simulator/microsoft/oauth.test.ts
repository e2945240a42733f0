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
  codeForm,
  obtainCode,
  postToken,
  refreshForm,
  signIn,
  startForTest,
} from './test-client.ts';

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
    const { code, verifier, url } = await obtainCode(sim, person.email);
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
    const { url } = await obtainCode(sim, ANNA.email, { redirect_uri: 'http://localhost:3000/callback/' });
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

test('there is no revocation endpoint', async () => {
  const response = await fetch(`${sim.url}/common/oauth2/v2.0/revoke`, { method: 'POST' });
  expect(response.status).toBe(404);
});
