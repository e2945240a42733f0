import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Clock } from '../../base/time.ts';
import type { Grant, ProviderOAuth } from '../../sync/oauth.ts';
import { createHttpClient, type HttpClient } from '../kit/http-client.ts';
import { CONSUMER_TENANT } from './authority.ts';
import { microsoftEndpoints, type MicrosoftConfig } from './config.ts';
import { createMicrosoftOAuth } from './oauth.ts';

// A token endpoint of our own: what Entra signs, and what somebody else might.

const TENANT = '3f1c2d84-6d0e-4a59-9b43-0f6f3c1b7a10';
const OID = '7a4d8e92-1111-4c5f-8c1d-b1a2c3d4e5f6';
const NOW = new Date('2026-11-20T12:00:00Z');
const clock: Clock = { now: () => NOW, sleep: async () => undefined };

type KeyName = 'work' | 'personal';
let keys: Record<KeyName, { publicKey: JWK; privateKey: CryptoKey }>;
let answer: Record<string, unknown>;
let status: number;
let headers: Record<string, string>;
let requests: { path: string; form: URLSearchParams }[];
let origin: string;
let config: MicrosoftConfig;
let oauth: ProviderOAuth;
let http: HttpClient;
let close: () => Promise<unknown>;

beforeAll(async () => {
  const pair = async (): Promise<{ publicKey: JWK; privateKey: CryptoKey }> => {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    return { publicKey: await exportJWK(publicKey), privateKey };
  };
  keys = { work: await pair(), personal: await pair() };
});

beforeEach(async () => {
  requests = [];
  status = 200;
  headers = {};
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      requests.push({ path: request.url ?? '', form: new URLSearchParams(body) });
      const isKeys = request.url?.endsWith('/discovery/v2.0/keys') ?? false;
      response.writeHead(isKeys ? 200 : status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(isKeys ? keySet() : answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  config = {
    clientId: 'client-1',
    clientSecret: 'secret',
    redirectUri: 'https://app.example/api/calendar/outlook/callback/',
    authorityUrl: `${origin}/common`,
    graphBaseUrl: `${origin}/v1.0`,
  };
  http = createHttpClient({ endpoints: microsoftEndpoints(config) });
  oauth = createMicrosoftOAuth(config, { http, clock });
  close = async () => {
    await http.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
});
afterEach(() => close());

/** The key of personal accounts is bound to their issuer, the other one is everybody's. */
function keySet(): object {
  const key = (name: KeyName, issuer: string): object => ({
    ...keys[name].publicKey,
    kid: name,
    alg: 'RS256',
    use: 'sig',
    issuer: `${origin}/${issuer}/v2.0`,
  });
  return { keys: [key('work', '{tenantid}'), key('personal', CONSUMER_TENANT)] };
}

test('an account is its tenant and its object there, and the code is exchanged once', async () => {
  await answerWith({ tid: TENANT.toUpperCase(), iss: `${origin}/${TENANT.toUpperCase()}/v2.0` });
  const grant = await exchange();
  expect(grant).toMatchObject({ accountId: `${TENANT}:${OID}`, accountEmail: 'jane@contoso.example' });
  expect(grant.tokens.accessExpiresAt).toEqual(new Date('2026-11-20T13:10:00Z'));
  expect(requests.map(({ path }) => path)).toEqual(['/common/oauth2/v2.0/token', '/common/discovery/v2.0/keys']);
  expect(Object.fromEntries(requests[0]?.form ?? [])).toMatchObject({
    grant_type: 'authorization_code',
    code: 'c1',
    redirect_uri: config.redirectUri,
    client_id: 'client-1',
    client_secret: 'secret',
    code_verifier: 'v'.repeat(43),
  });
});

test('a personal account signs in by the key of personal accounts', async () => {
  await answerWith({ tid: CONSUMER_TENANT }, 'personal');
  expect((await exchange()).accountId).toBe(`${CONSUMER_TENANT}:${OID}`);
});

test.each([
  ['a tenant that is not the issuer’s', { tid: TENANT, iss: `https://login.example/${TENANT}/v2.0` }],
  ['the template as its issuer', { tid: TENANT, iss: '{origin}/{tenantid}/v2.0' }],
  ['a tenant that is none', { tid: 'common' }],
  ['another audience', { aud: 'client-2' }],
  ['another nonce', { nonce: 'n2' }],
  ['a past', { exp: 1_000 }],
  ['no object', { oid: undefined }],
] satisfies [string, JWTPayload][])('refuses an ID token with %s', async (_, claims) => {
  await answerWith(claims);
  await expect(exchange()).rejects.toMatchObject({ name: 'GrantRefused', code: 'provider_error' });
});

test('refuses a work account that the key of personal accounts has signed', async () => {
  await answerWith({}, 'personal');
  await expect(exchange()).rejects.toMatchObject({ code: 'provider_error' });
});

test('refuses an ID token that a stranger has signed', async () => {
  const { privateKey } = await generateKeyPair('RS256');
  await answerWith({}, 'work', privateKey);
  await expect(exchange()).rejects.toMatchObject({ code: 'provider_error' });
});

test('refuses a tenant that the authority does not admit', async () => {
  const own = { ...config, authorityUrl: `${origin}/organizations` };
  await answerWith({ tid: CONSUMER_TENANT }, 'personal');
  const elsewhere = createMicrosoftOAuth(own, { http, clock });
  await expect(exchange(elsewhere)).rejects.toMatchObject({ code: 'provider_error' });
});

test.each(['id_token', 'refresh_token'])('refuses an answer without %s', async (name) => {
  await answerWith({});
  delete answer[name];
  await expect(exchange()).rejects.toMatchObject({ code: 'provider_error' });
});

test.each([
  'openid profile Calendars.ReadWrite User.Read',
  'https://graph.microsoft.com/User.Read https://graph.microsoft.com/calendars.readwrite openid',
])('finds the calendar’s scope in %s', async (scope) => {
  await answerWith({});
  answer['scope'] = scope;
  expect((await exchange()).scopes).toEqual(scope.split(' '));
});

test.each(['openid profile User.Read', 'Calendars.Read', 'Calendars.ReadWrite.Shared', ''])(
  'misses it in "%s"',
  async (scope) => {
    await answerWith({});
    answer['scope'] = scope;
    await expect(exchange()).rejects.toMatchObject({ code: 'scope_missing' });
  },
);

test('names the account by what there is', async () => {
  await answerWith({ preferred_username: undefined, email: undefined });
  expect((await exchange()).accountEmail).toBe('Jane Doe');
});

test('an issuer in the callback has to be one of the authority', async () => {
  await answerWith({});
  expect(await exchange(oauth, { iss: `${origin}/${TENANT}/v2.0` })).toBeTruthy();
  await expect(exchange(oauth, { iss: `https://evil.example/${TENANT}/v2.0` })).rejects.toMatchObject({
    code: 'provider_error',
  });
});

test.each([
  ['access_denied', 'AADSTS65004: The user declined', 'access_denied'],
  ['access_denied', 'AADSTS90094: An administrator is needed', 'admin_consent_required'],
  ['consent_required', 'AADSTS90095: An administrator was asked', 'admin_consent_required'],
  ['access_denied', 'The user said AADSTS90094: in the middle', 'access_denied'],
  ['server_error', 'AADSTS90033: Transient', 'provider_unavailable'],
  ['temporarily_unavailable', '', 'provider_unavailable'],
  ['unauthorized_client', 'AADSTS700016: Not found', 'provider_error'],
])('a callback with %s, %s', async (error, description, code) => {
  const callback = { error, error_description: description, code: undefined };
  await expect(exchange(oauth, callback)).rejects.toMatchObject({ name: 'GrantRefused', code });
});

const later = (code: string, scope: string, afterMs: number | null): object => ({
  kind: 'retry_later',
  code,
  afterMs,
  scope,
});

test.each([
  [400, 'invalid_grant', [70_000], {}, { kind: 'reauth_required', code: 'grant_revoked' }],
  [400, 'invalid_grant', [50_173], {}, { kind: 'reauth_required', code: 'grant_revoked' }],
  [400, 'invalid_grant', [700_082], {}, { kind: 'reauth_required', code: 'grant_expired' }],
  [
    400,
    'invalid_grant',
    [65_001],
    { suberror: 'consent_required' },
    { kind: 'reauth_required', code: 'consent_withdrawn' },
  ],
  [400, 'invalid_grant', [1], { suberror: 'consent_required' }, { kind: 'reauth_required', code: 'consent_withdrawn' }],
  [400, 'consent_required', undefined, {}, { kind: 'reauth_required', code: 'consent_withdrawn' }],
  [
    400,
    'interaction_required',
    [50_076],
    { suberror: 'basic_action' },
    { kind: 'reauth_required', code: 'sign_in_rules' },
  ],
  [400, 'interaction_required', undefined, {}, { kind: 'reauth_required', code: 'sign_in_rules' }],
  [400, 'invalid_grant', [50_079], {}, { kind: 'reauth_required', code: 'sign_in_rules' }],
  [400, 'invalid_grant', [50_057], {}, { kind: 'reauth_required', code: 'account_disabled' }],
  [400, 'invalid_grant', [90_094], {}, { kind: 'reauth_required', code: 'admin_approval_needed' }],
  [400, 'invalid_grant', [50_196], {}, later('token_rate_limited', 'connection', 9_000)],
  [401, 'invalid_client', [7_000_215], {}, { kind: 'operator_error', code: 'invalid_client' }],
  [401, 'invalid_client', [7_000_222], {}, { kind: 'operator_error', code: 'client_secret_expired' }],
  [400, 'unauthorized_client', [700_016], {}, { kind: 'operator_error', code: 'unauthorized_client' }],
  [400, 'invalid_resource', [500_011], {}, { kind: 'operator_error', code: 'invalid_resource' }],
  [400, 'something_new', ['odd'], {}, { kind: 'operator_error', code: 'token_request_refused' }],
  [429, 'temporarily_unavailable', [90_055], {}, later('token_rate_limited', 'app', 9_000)],
  [503, 'temporarily_unavailable', [90_033], {}, later('token_endpoint_unavailable', 'connection', 9_000)],
  [400, 'temporarily_unavailable', [90_024], {}, later('token_endpoint_unavailable', 'connection', 9_000)],
])('a refresh answered with %i %s %o', async (code, error, numbers, more, failure) => {
  status = code;
  answer = { error, error_description: 'AADSTS: text', error_codes: numbers, ...more };
  headers = { 'retry-after': '9', 'www-authenticate': 'Bearer realm="x"' };
  const refreshing = oauth.refresh('r', AbortSignal.timeout(10_000));
  await expect(refreshing).rejects.toMatchObject({ name: 'ProviderFailure', failure });
});

test('a refresh asks for no more than it needs, and keeps the newest token', async () => {
  await answerWith({});
  delete answer['id_token'];
  const fresh = await oauth.refresh('r1', AbortSignal.timeout(10_000));
  expect(fresh).toMatchObject({ accessToken: 'access', refreshToken: 'refresh', refreshExpiresAt: null });
  expect(requests).toHaveLength(1);
  expect(Object.fromEntries(requests[0]?.form ?? [])).toMatchObject({
    grant_type: 'refresh_token',
    refresh_token: 'r1',
    scope: 'offline_access User.Read Calendars.ReadWrite',
  });
});

test('an ID token that comes with a refresh all the same is checked', async () => {
  await answerWith({ nonce: undefined });
  expect(await oauth.refresh('r', AbortSignal.timeout(10_000))).toBeTruthy();
  await answerWith({ nonce: undefined, aud: 'client-2' });
  await expect(oauth.refresh('r', AbortSignal.timeout(10_000))).rejects.toMatchObject({
    failure: { kind: 'retry_later', code: 'token_answer_unreadable' },
  });
});

test('a refresh that no longer reaches the calendar needs its owner', async () => {
  await answerWith({});
  answer['scope'] = 'User.Read';
  await expect(oauth.refresh('r', AbortSignal.timeout(10_000))).rejects.toMatchObject({
    failure: { kind: 'reauth_required', code: 'scope_missing' },
  });
});

test('revoking asks nobody', async () => {
  await oauth.revoke('r', AbortSignal.timeout(10_000));
  expect(requests).toEqual([]);
});

test('an administrator’s consent comes back to our callback', () => {
  expect(oauth.adminConsentUrl).toBe(
    `${origin}/common/adminconsent?client_id=client-1&redirect_uri=${encodeURIComponent(config.redirectUri)}`,
  );
  const personal = createMicrosoftOAuth({ ...config, authorityUrl: `${origin}/consumers` }, { http, clock });
  expect(personal.adminConsentUrl).toBeNull();
});

test('refuses an authority that is neither https nor on this machine', () => {
  const plain = { ...config, authorityUrl: 'http://login.example/common' };
  expect(() => createMicrosoftOAuth(plain, { http, clock })).toThrow(/https/);
});

async function answerWith(
  claims: JWTPayload,
  kid: KeyName = 'work',
  key: CryptoKey = keys[kid].privateKey,
): Promise<void> {
  const issuedAt = Math.floor(Date.now() / 1000);
  const tid = typeof claims['tid'] === 'string' ? claims['tid'] : TENANT;
  const payload = {
    iss: `${origin}/${tid}/v2.0`,
    aud: 'client-1',
    sub: 'pairwise',
    tid,
    oid: OID,
    preferred_username: 'jane@contoso.example',
    email: 'jane.doe@contoso.example',
    name: 'Jane Doe',
    nonce: 'n1',
    ver: '2.0',
    iat: issuedAt,
    exp: issuedAt + 3_600,
    ...claims,
  };
  if (payload.iss.startsWith('{origin}')) payload.iss = payload.iss.replace('{origin}', origin);
  const idToken = await new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid }).sign(key);
  answer = {
    token_type: 'Bearer',
    scope: 'Calendars.ReadWrite User.Read openid profile email',
    expires_in: 4_200,
    ext_expires_in: 4_200,
    access_token: 'access',
    refresh_token: 'refresh',
    id_token: idToken,
  };
}

function exchange(by: ProviderOAuth = oauth, query: Record<string, string | undefined> = {}): Promise<Grant> {
  const callback = new URL('http://inside.example:9999/anywhere/');
  const all = { code: 'c1', state: 's1', session_state: 'x', ...query };
  for (const [name, value] of Object.entries(all)) if (value !== undefined) callback.searchParams.set(name, value);
  const expected = { state: 's1', nonce: 'n1', codeVerifier: 'v'.repeat(43), calendar: 'primary' as const };
  return by.exchange(callback, expected, AbortSignal.timeout(10_000));
}
