import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { pkce } from '../kit/test-client.ts';
import { startMicrosoftSimulator } from './server.ts';
import type { MicrosoftSimulator } from './server.ts';
import {
  ANNA,
  BEN,
  CLIENT,
  MARKER,
  anEvent,
  authorizationUrl,
  callGraph,
  codeForm,
  codeOf,
  eventTarget,
  postToken,
  refreshForm,
  signIn,
  startForTest,
} from './test-client.ts';

const FIRST_ROUND = 'me/calendarView/delta?startDateTime=2026-03-01T00:00:00Z&endDateTime=2026-03-31T00:00:00Z';

let sim: MicrosoftSimulator | undefined;
let folder: string | undefined;

afterEach(async () => {
  vi.unstubAllEnvs();
  await sim?.close();
  if (folder) await rm(folder, { recursive: true });
  sim = undefined;
  folder = undefined;
});

test('refuses to start in production', async () => {
  vi.stubEnv('NODE_ENV', 'production');
  await expect(startForTest()).rejects.toThrow('production');
});

test('points the product at itself', async () => {
  sim = await startForTest();
  expect(sim.env).toEqual({ OUTLOOK_AUTHORITY_URL: `${sim.url}/common`, GRAPH_API_BASE_URL: `${sim.url}/v1.0` });
});

describe('over HTTP', () => {
  async function control(method: string, target: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${sim?.url}/__sim/${target}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  }

  test('a whole life without the handle', { timeout: 30_000 }, async () => {
    sim = await startForTest();
    const account = ANNA.email;
    const { verifier, challenge } = pkce();
    const { body } = (await control('POST', 'authorize', {
      url: authorizationUrl(sim, challenge),
      email: account,
    })) as { body: { callbackUrl: string } };
    const code = new URL(body.callbackUrl).searchParams.get('code') ?? '';
    const tokens = (await postToken(sim, codeForm(code, verifier))).body;
    const token = String(tokens['access_token']);
    await control('POST', 'faults', { match: { operation: 'events.get' }, action: { kind: 'answer', status: 503 } });
    const made = await control('POST', 'events', { account, event: anEvent() });
    const { id } = made.body as { id: string };
    await control('POST', 'edit', { account, event: id, patch: { subject: 'Mine' } });
    expect((await callGraph(sim, token, 'GET', eventTarget(id))).status).toBe(503);
    expect((await callGraph(sim, token, 'GET', eventTarget(id))).body['subject']).toBe('Mine');
    await control('POST', 'calendars', { account, name: 'Work' });
    await control('POST', 'move', { account, event: id, calendar: 'Work' });
    expect(await control('GET', `events?account=${account}&calendar=Work`)).toMatchObject({ body: [{ id }] });
    await control('POST', 'remove', { account, event: id });
    expect(await control('GET', `deleted?account=${account}`)).toMatchObject({ body: [{ id }] });
    await control('POST', 'restore', { account, event: id });
    await control('POST', 'remove-calendar', { account, calendar: 'Work' });
    expect((await callGraph(sim, token, 'GET', eventTarget(id))).status).toBe(404);
    expect(await control('GET', `mails?account=${account}`)).toMatchObject({ body: [] });
    expect(await control('GET', 'requests')).toMatchObject({
      body: [
        { operation: 'oauth.token.code' },
        { operation: 'events.get', fault: 'answer', status: 503 },
        { status: 200 },
        { status: 404 },
      ],
    });
    expect(await control('POST', 'settings', { throttle: { concurrency: 3 } })).toMatchObject({
      body: { throttle: { concurrency: 3, requestsPer10Minutes: 10_000 } },
    });
    expect(await control('POST', 'revoke', { account })).toMatchObject({ body: { revoked: true } });
    expect(await control('POST', 'revoke-sessions', { account })).toMatchObject({ body: { revoked: 1 } });
    expect(await control('POST', 'expire-access-tokens', { account })).toMatchObject({ body: { expired: 1 } });
    expect((await callGraph(sim, token, 'GET', 'me')).status).toBe(401);
    await control('POST', 'account', { email: account, needsAdminApproval: true });
    expect(await control('GET', 'accounts')).toMatchObject({
      body: [{ email: account, needsAdminApproval: true }, {}, {}],
    });
    await control('POST', 'reset', {});
    expect(await control('GET', 'accounts')).toMatchObject({ body: [{ needsAdminApproval: false }, {}, {}] });
    expect(await control('GET', 'settings')).toMatchObject({ body: { throttle: { concurrency: 4 } } });
  });

  test('an administrator opens the tenant', async () => {
    sim = await startForTest();
    await control('POST', 'account', { email: ANNA.email, needsAdminApproval: true });
    await control('POST', 'grant-admin-consent', { account: ANNA.email });
    expect((await signIn(sim)).access_token).toBeDefined();
  });

  test('mistakes are named', async () => {
    sim = await startForTest();
    expect(await control('GET', 'events?account=nobody@example.com')).toMatchObject({ status: 404 });
    expect(await control('POST', 'settings', { shortpages: true })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('shortpages') },
    });
    expect(await control('POST', 'move', { account: ANNA.email, event: 'x' })).toMatchObject({ status: 400 });
    expect(await control('GET', 'nothing')).toMatchObject({ status: 404 });
  });

  test('people can be added while it runs', async () => {
    sim = await startForTest();
    await control('POST', 'accounts', { email: 'new@contoso.example', name: 'New Person' });
    await control('POST', 'accounts', { email: 'own@live.example', name: 'Own Person', kind: 'personal' });
    expect((await signIn(sim, { email: 'own@live.example' })).access_token).toBeDefined();
    const [anna, , , added] = sim.accounts();
    expect(added?.tenantId).toBe(anna?.tenantId);
  });
});

describe('with a data file', () => {
  function start(file: string): Promise<MicrosoftSimulator> {
    return startMicrosoftSimulator({ clients: [CLIENT], accounts: [ANNA, BEN], dataFile: file });
  }

  test('grants, tokens, events, transactions and delta links survive a restart', async () => {
    folder = await mkdtemp(join(tmpdir(), 'simulator-'));
    const file = join(folder, 'deeper', 'microsoft.json');
    sim = await start(file);
    const tokens = await signIn(sim);
    sim.grantAdminConsent(ANNA.email);
    const body = anEvent({ transactionId: 't-1', singleValueExtendedProperties: [{ id: MARKER, value: 'c:a' }] });
    const made = await callGraph(sim, tokens.access_token, 'POST', 'me/events', body);
    const gone = String(sim.create(ANNA.email, 'primary', anEvent())['id']);
    const round = await callGraph(sim, tokens.access_token, 'GET', FIRST_ROUND);
    const deltaLink = new URL(String(round.body['@odata.deltaLink']));
    sim.remove(ANNA.email, gone);
    const before = sim.events(ANNA.email).map(({ webLink: _webLink, ...event }) => event);
    await sim.close();
    sim = await start(file);
    expect(sim.events(ANNA.email).map(({ webLink: _webLink, ...event }) => event)).toEqual(before);
    expect((await postToken(sim, refreshForm(tokens.refresh_token))).status).toBe(200);
    const again = await callGraph(sim, tokens.access_token, 'POST', 'me/events', body);
    expect([again.status, again.body['id']]).toEqual([201, made.body['id']]);
    const target = (deltaLink.pathname + deltaLink.search).slice('/v1.0/'.length);
    const next = await callGraph(sim, tokens.access_token, 'GET', target);
    expect(next.body['value']).toEqual([expect.objectContaining({ id: gone, '@removed': { reason: 'deleted' } })]);
    expect(sim.restore(ANNA.email, gone)['id']).toBe(gone);
  });

  test('is written while it runs', async () => {
    folder = await mkdtemp(join(tmpdir(), 'simulator-'));
    const file = join(folder, 'microsoft.json');
    sim = await start(file);
    sim.create(ANNA.email, 'primary', anEvent({ subject: 'Written' }));
    await expect.poll(() => readFile(file, 'utf8').catch(() => ''), { timeout: 5000 }).toContain('Written');
  });

  test('a file of something else stops the start and frees the port', async () => {
    folder = await mkdtemp(join(tmpdir(), 'simulator-'));
    const file = join(folder, 'microsoft.json');
    await writeFile(file, '{"format":99}');
    await expect(start(file)).rejects.toThrow('not written by this version');
  });
});

test('a person may delete, and what they deleted is not to be restored twice', async () => {
  sim = await startForTest();
  const id = String(sim.create(ANNA.email, 'primary', anEvent())['id']);
  const { edit, remove, restore } = sim;
  remove(ANNA.email, id);
  expect(() => edit(ANNA.email, id, { subject: 'x' })).toThrow('not found');
  restore(ANNA.email, id);
  expect(() => restore(ANNA.email, id)).toThrow('not found');
  sim.removeCalendar(ANNA.email, 'primary');
  expect(sim.events(ANNA.email)).toEqual([]);
  const token = (await signIn(sim)).access_token;
  expect(codeOf(await callGraph(sim, token, 'GET', eventTarget(id)))).toBe('ErrorItemNotFound');
});
