import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { pkce } from '../kit/test-client.ts';
import type { JsonObject } from '../kit/json.ts';
import { startGoogleSimulator } from './server.ts';
import type { GoogleSimulator } from './server.ts';
import {
  ANNA,
  CLIENT,
  anEvent,
  authorizationUrl,
  callApi,
  postToken,
  refreshForm,
  signIn,
  startForTest,
} from './test-client.ts';

let sim: GoogleSimulator | undefined;
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

describe('over HTTP', () => {
  async function control(method: string, target: string, body?: unknown): Promise<unknown> {
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
    })) as {
      body: { callbackUrl: string };
    };
    const answer = await postToken(sim, {
      grant_type: 'authorization_code',
      client_id: CLIENT.clientId,
      client_secret: CLIENT.clientSecret,
      redirect_uri: CLIENT.redirectUris[0] ?? '',
      code: new URL(body.callbackUrl).searchParams.get('code') ?? '',
      code_verifier: verifier,
    });
    expect(answer.status).toBe(200);
    expect(
      await control('POST', 'faults', { match: { operation: 'events.get' }, action: { kind: 'answer', status: 503 } }),
    ).toMatchObject({
      body: { id: 'fault-1' },
    });
    await control('POST', 'events', { account, event: anEvent({ id: 'vc001' }) });
    await control('POST', 'edit', { account, event: 'vc001', patch: { summary: 'Mine' } });
    const token = String(answer.body['access_token']);
    expect((await callApi(sim, token, 'GET', 'calendars/primary/events/vc001')).status).toBe(503);
    expect((await callApi(sim, token, 'GET', 'calendars/primary/events/vc001')).body['summary']).toBe('Mine');
    await control('POST', 'remove', { account, event: 'vc001' });
    expect(await control('GET', `events?account=${account}`)).toMatchObject({
      body: [{ id: 'vc001', status: 'cancelled' }],
    });
    expect(await control('GET', 'requests')).toMatchObject({
      body: [
        { operation: 'oauth.token.code' },
        { operation: 'events.get', fault: 'answer', status: 503 },
        { status: 200 },
      ],
    });
    expect(await control('POST', 'settings', { quota: { perUserPerMinute: 5 } })).toMatchObject({
      body: { quota: { perUserPerMinute: 5, patchUnits: 3 } },
    });
    expect(await control('POST', 'revoke', { account })).toMatchObject({ body: { revoked: true } });
    expect((await callApi(sim, token, 'GET', 'calendars/primary/events')).status).toBe(401);
    await control('POST', 'reset', {});
    expect(await control('GET', `events?account=${account}`)).toMatchObject({ body: [] });
    expect(await control('GET', 'settings')).toMatchObject({ body: { quota: { perUserPerMinute: 600 } } });
  });

  test('mistakes are named', async () => {
    sim = await startForTest();
    expect(await control('GET', 'events?account=nobody@example.com')).toMatchObject({ status: 404 });
    expect(await control('POST', 'settings', { undeleted: 'no' })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('undeleted') },
    });
    expect(await control('GET', 'nothing')).toMatchObject({ status: 404 });
    const form = await fetch(`${sim.url}/__sim/reset`, { method: 'POST', body: new URLSearchParams({ a: 'b' }) });
    expect(form.status).toBe(400);
  });
});

describe('with a data file', () => {
  async function start(file: string): Promise<GoogleSimulator> {
    return startGoogleSimulator({ clients: [CLIENT], accounts: [ANNA], dataFile: file });
  }

  test('grants, tokens, events, tombstones and sync tokens survive a restart', async () => {
    folder = await mkdtemp(join(tmpdir(), 'simulator-'));
    const file = join(folder, 'deeper', 'google.json');
    sim = await start(file);
    const tokens = await signIn(sim);
    for (const id of ['vc001', 'vc002'])
      await callApi(sim, tokens.access_token, 'POST', 'calendars/primary/events', anEvent({ id }));
    const { body } = await callApi(sim, tokens.access_token, 'GET', 'calendars/primary/events');
    await callApi(sim, tokens.access_token, 'DELETE', 'calendars/primary/events/vc001');
    const before = sim.events(ANNA.email).map(withoutLink);
    await sim.close();
    sim = await start(file);
    expect(sim.events(ANNA.email).map(withoutLink)).toEqual(before);
    expect((await postToken(sim, refreshForm(tokens.refresh_token))).status).toBe(200);
    const delta = await callApi(
      sim,
      tokens.access_token,
      'GET',
      `calendars/primary/events?syncToken=${encodeURIComponent(String(body['nextSyncToken']))}`,
    );
    expect(delta.body['items']).toMatchObject([{ id: 'vc001', status: 'cancelled' }]);
    expect(
      (await callApi(sim, tokens.access_token, 'POST', 'calendars/primary/events', anEvent({ id: 'vc001' }))).status,
    ).toBe(409);
  });

  test('is written while it runs', async () => {
    folder = await mkdtemp(join(tmpdir(), 'simulator-'));
    const file = join(folder, 'google.json');
    sim = await start(file);
    sim.create(ANNA.email, 'primary', anEvent({ id: 'vc001' }));
    await expect.poll(() => readFile(file, 'utf8').catch(() => ''), { timeout: 5000 }).toContain('vc001');
  });

  test('a file of something else stops the start and frees the port', async () => {
    folder = await mkdtemp(join(tmpdir(), 'simulator-'));
    const file = join(folder, 'google.json');
    await writeFile(file, '{"format":99}');
    await expect(start(file)).rejects.toThrow('not written by this version');
  });
});

/** An event without its address, which changes with the port. */
function withoutLink({ htmlLink: _htmlLink, ...event }: JsonObject): JsonObject {
  return event;
}
