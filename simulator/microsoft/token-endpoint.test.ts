import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pkce, standingClock } from '../kit/test-client.ts';
import type { MicrosoftSimulator } from './server.ts';
import {
  ANNA,
  BEN,
  CLIENT,
  OTHER_CLIENT,
  callGraph,
  codeForm,
  codeOf,
  obtainCode,
  postToken,
  refreshForm,
  signIn,
  startForTest,
} from './test-client.ts';

const DAY = 24 * 60 * 60 * 1000;

let sim: MicrosoftSimulator;
let clock: ReturnType<typeof standingClock>;

beforeEach(async () => {
  clock = standingClock(new Date().toISOString());
  sim = await startForTest({ clock });
});

afterEach(async () => {
  await sim.close();
});

describe('the code', () => {
  test('is good once', async () => {
    const { code, verifier } = await obtainCode(sim);
    expect((await postToken(sim, codeForm(code, verifier))).status).toBe(200);
    expect(codeOf(await postToken(sim, codeForm(code, verifier)))).toBe(54_005);
  });

  test('needs the verifier that belongs to it, and a wrong one spends it', async () => {
    const { code, verifier } = await obtainCode(sim);
    const wrong = await postToken(sim, codeForm(code, pkce().verifier));
    expect([wrong.status, wrong.body['error'], codeOf(wrong)]).toEqual([400, 'invalid_grant', 501_481]);
    expect(codeOf(await postToken(sim, codeForm(code, verifier)))).toBe(54_005);
  });

  test('dies after ten minutes', async () => {
    const { code, verifier } = await obtainCode(sim);
    clock.advance(10 * 60_000);
    expect(codeOf(await postToken(sim, codeForm(code, verifier)))).toBe(70_008);
  });

  test('is bound to the redirect address, the client and the tenant', async () => {
    const first = await obtainCode(sim);
    const elsewhere = { ...codeForm(first.code, first.verifier), redirect_uri: 'http://localhost:8000/other/' };
    expect(codeOf(await postToken(sim, elsewhere))).toBe(500_112);
    const second = await obtainCode(sim);
    expect(codeOf(await postToken(sim, codeForm(second.code, second.verifier, { ...CLIENT, ...OTHER_CLIENT })))).toBe(
      70_000,
    );
    const third = await obtainCode(sim, BEN.email);
    const wrong = await postToken(sim, codeForm(third.code, third.verifier), { tenant: 'organizations' });
    expect(codeOf(wrong)).toBe(700_005);
  });

  test('is not sold to a client that cannot prove itself', async () => {
    const { code, verifier } = await obtainCode(sim);
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

test('the request log holds no token, code or secret', async () => {
  const tokens = await signIn(sim);
  await callGraph(sim, tokens.access_token, 'GET', 'me');
  const log = JSON.stringify(sim.requests());
  expect(sim.requests().map((entry) => entry.operation)).toEqual(['oauth.token.code', 'me.get']);
  for (const secret of [tokens.access_token, tokens.refresh_token, CLIENT.clientSecret]) {
    expect(log).not.toContain(secret);
  }
});
