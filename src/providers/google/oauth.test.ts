import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Clock } from '../../base/time.ts';
import type { Grant, ProviderOAuth } from '../../sync/oauth.ts';
import { createHttpClient, type HttpClient } from '../kit/http-client.ts';
import { googleEndpoints, type GoogleConfig } from './config.ts';
import { createGoogleOAuth } from './oauth.ts';

// A token endpoint of our own: what Google signs, and what somebody else might.

const SCOPE = 'openid https://www.googleapis.com/auth/calendar.events.owned';
const NOW = new Date('2026-11-20T12:00:00Z');
const clock: Clock = { now: () => NOW, sleep: async () => undefined };

let keys: { publicKey: JWK; privateKey: CryptoKey };
let answer: Record<string, unknown>;
let status: number;
let headers: Record<string, string>;
let tokenRequests: number;
let config: GoogleConfig;
let oauth: ProviderOAuth;
let http: HttpClient;
let close: () => Promise<unknown>;

beforeAll(async () => {
  const pair = await generateKeyPair('RS256', { extractable: true });
  keys = { publicKey: await exportJWK(pair.publicKey), privateKey: pair.privateKey };
});

beforeEach(async () => {
  tokenRequests = 0;
  status = 200;
  headers = {};
  const server = createServer((request, response) => {
    if (request.url === '/token') tokenRequests += 1;
    const certs = request.url === '/certs';
    const body = certs ? { keys: [{ ...keys.publicKey, kid: '1', alg: 'RS256', use: 'sig' }] } : answer;
    request.resume().on('end', () => {
      response.writeHead(certs ? 200 : status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  config = {
    clientId: 'client-1',
    clientSecret: 'secret',
    redirectUri: 'https://app.example/api/calendar/google/callback/',
    authUrl: `${origin}/auth`,
    tokenUrl: `${origin}/token`,
    revokeUrl: `${origin}/revoke`,
    jwksUrl: `${origin}/certs`,
    issuer: 'https://accounts.google.com',
    apiBaseUrl: origin,
  };
  http = createHttpClient({ endpoints: googleEndpoints(config) });
  oauth = createGoogleOAuth(config, { http, clock });
  close = async () => {
    await http.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
});
afterEach(() => close());

test.each(['https://accounts.google.com', 'accounts.google.com'])(
  'takes %s as the issuer, asking once',
  async (iss) => {
    await answerWith({ iss });
    const grant = await exchange();
    expect(grant).toMatchObject({ accountId: '107', accountEmail: 'jane@example.com' });
    expect(grant.tokens.accessExpiresAt).toEqual(new Date('2026-11-20T13:00:00Z'));
    expect(tokenRequests).toBe(1);
  },
);

test('a refresh reads the other issuer as well', async () => {
  await answerWith({ iss: 'accounts.google.com' });
  expect((await oauth.refresh('r', AbortSignal.timeout(10_000))).accessToken).toBe('access');
  expect(tokenRequests).toBe(1);
});

test.each([
  ['another issuer', { iss: 'https://issuer.example' }],
  ['another audience', { aud: 'client-2' }],
  ['another nonce', { nonce: 'n2' }],
  ['a past', { exp: 1_000 }],
] satisfies [string, JWTPayload][])('refuses an ID token with %s', async (_, claims) => {
  await answerWith(claims);
  await expect(exchange()).rejects.toMatchObject({ name: 'GrantRefused', code: 'provider_error' });
});

test('refuses an ID token that another key has signed', async () => {
  const stranger = await generateKeyPair('RS256');
  await answerWith({}, stranger.privateKey);
  await expect(exchange()).rejects.toMatchObject({ code: 'provider_error' });
});

test('refuses an answer without an ID token', async () => {
  await answerWith({});
  delete answer['id_token'];
  await expect(exchange()).rejects.toMatchObject({ code: 'provider_error' });
});

test('refuses a grant without lasting access', async () => {
  await answerWith({});
  delete answer['refresh_token'];
  await expect(exchange()).rejects.toMatchObject({ code: 'provider_error' });
});

test('says when a limited grant ends', async () => {
  await answerWith({});
  answer['refresh_token_expires_in'] = 604_800;
  expect((await exchange()).tokens.refreshExpiresAt).toEqual(new Date('2026-11-27T12:00:00Z'));
});

test.each([
  [503, {}, { kind: 'retry_later', code: 'token_endpoint_unavailable', afterMs: 9_000, scope: 'connection' }],
  [429, { error: 'slow_down' }, { kind: 'retry_later', code: 'token_rate_limited', afterMs: 9_000, scope: 'app' }],
  [400, { error: 'invalid_grant', error_subtype: 'invalid_rapt' }, { kind: 'reauth_required', code: 'grant_revoked' }],
  [401, { error: 'invalid_client' }, { kind: 'operator_error', code: 'invalid_client' }],
  [401, { error: 'deleted_client' }, { kind: 'operator_error', code: 'deleted_client' }],
  [400, { error: 'unauthorized_client' }, { kind: 'operator_error', code: 'unauthorized_client' }],
  [400, { error: 'something_new' }, { kind: 'operator_error', code: 'token_request_refused' }],
])('a refresh answered with %i %o', async (code, body, failure) => {
  status = code;
  answer = body;
  headers = { 'retry-after': '9', 'www-authenticate': 'Bearer realm="accounts"' };
  const refreshing = oauth.refresh('r', AbortSignal.timeout(10_000));
  await expect(refreshing).rejects.toMatchObject({ name: 'ProviderFailure', failure });
});

test('a revocation says when to come back, and an unexpected refusal is ours', async () => {
  status = 503;
  answer = {};
  headers = { 'retry-after': 'Fri, 20 Nov 2026 12:01:00 GMT' };
  await expect(oauth.revoke('r', AbortSignal.timeout(10_000))).rejects.toMatchObject({
    failure: { kind: 'retry_later', code: 'revocation_unavailable', afterMs: 60_000 },
  });
  status = 404;
  await expect(oauth.revoke('r', AbortSignal.timeout(10_000))).rejects.toMatchObject({
    failure: { kind: 'operator_error' },
  });
});

test('refuses addresses that are neither https nor on this machine', () => {
  expect(() => createGoogleOAuth({ ...config, tokenUrl: 'http://accounts.example/token' }, { http, clock })).toThrow(
    /https/,
  );
});

async function answerWith(claims: JWTPayload, key: CryptoKey = keys.privateKey): Promise<void> {
  const issuedAt = Math.floor(Date.now() / 1000);
  const payload = {
    iss: 'https://accounts.google.com',
    aud: 'client-1',
    sub: '107',
    email: 'jane@example.com',
    nonce: 'n1',
    iat: issuedAt,
    exp: issuedAt + 3_600,
    ...claims,
  };
  const idToken = await new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: '1' }).sign(key);
  answer = {
    access_token: 'access',
    refresh_token: 'refresh',
    expires_in: 3_600,
    token_type: 'Bearer',
    scope: SCOPE,
    id_token: idToken,
  };
}

function exchange(): Promise<Grant> {
  const callback = new URL(`${config.redirectUri}?code=c1&state=s1&iss=${encodeURIComponent(config.issuer)}`);
  const expected = { state: 's1', nonce: 'n1', codeVerifier: 'v'.repeat(43), calendar: 'primary' as const };
  return oauth.exchange(callback, expected, AbortSignal.timeout(10_000));
}
