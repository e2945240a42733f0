import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startCaldavSimulator, type CaldavSimulator } from '../../simulator/caldav/server.ts';
import { sql } from '../../src/db/sql.ts';
import { createAddressGuard, type AddressGuard } from '../../src/providers/kit/address-guard.ts';
import type { ProviderAccess } from '../../src/sync/drain-context.ts';
import type { ProviderName } from '../../src/sync/provider.ts';
import { openClient, type CaldavClient } from '../providers/caldav-setup.ts';
import {
  START_LIMIT_MS,
  startTestServer,
  type ApiAnswer,
  type Json,
  type Person,
  type TestServer,
} from '../support/server.ts';

// The whole way through the API and a simulated CalDAV server.

const PASSWORD = 'abcd-efgh-ijkl-mnop';
/** What a connection may take, however the other side behaves. */
const IN_TIME_MS = 20_000;

let simulator: CaldavSimulator;
let client: CaldavClient;
let server: TestServer;
/** Addresses that count as public here; of all others the strict guard decides. */
const known = new Set<string>();
let jane: Person;
/** Her account; every test has its own. */
let user: string;
const closers: (() => void)[] = [];

beforeAll(async () => {
  simulator = await startCaldavSimulator({ accounts: [] });
  known.add(simulator.url);
  const strict = createAddressGuard({ allowPrivate: false });
  const guard: AddressGuard = {
    check: (url) => (known.has(url.origin) ? undefined : strict.check(url)),
    lookupFor: strict.lookupFor,
  };
  client = openClient(guard, 1_000);
  const access: ProviderAccess = { provider: client.provider, login: client.login };
  server = await startTestServer({ providers: new Map<ProviderName, ProviderAccess>([['caldav', access]]) });
}, START_LIMIT_MS);
afterAll(async () => {
  await server.close();
  await client.http.close();
  await simulator.close();
}, START_LIMIT_MS);

beforeEach(async () => {
  jane = await server.person('customer', { name: 'Jane Doe' });
  user = `jane-${randomUUID()}@dav.example`;
  simulator.addAccount({ user, password: PASSWORD, name: 'Jane Doe' });
});
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

test('an app password connects the account, and disconnecting begins at once', async () => {
  const { status, body } = await connect(jane);
  expect(status).toBe(201);
  expect(body.connections).toMatchObject([
    {
      provider: 'caldav',
      status: 'active',
      account_email: user,
      calendar: { name: "Jane Doe's calendar", kind: 'primary' },
      error: null,
    },
  ]);
  expect(body.providers.caldav).toEqual({ configured: true });
  const left = await server.call('POST', '/api/calendar/caldav/disconnect/', { token: jane.token });
  expect(left).toMatchObject({ status: 200, body: { provider: 'caldav', status: 'disconnecting' } });
});

test('the password is stored sealed, and told to nobody', async () => {
  const { body } = await connect(jane);
  expect(JSON.stringify(body)).not.toContain(PASSWORD);
  const rows = await sql<Json>`select * from connections where user_id = ${jane.id}`.execute(
    server.context.database.db,
  );
  expect(rows.rows).toHaveLength(1);
  expect(rows.rows[0].access_token).not.toBeNull();
  expect(JSON.stringify(rows.rows)).not.toContain(PASSWORD);
  const activity = await server.call('GET', '/api/calendar/activity/', { token: jane.token });
  expect(JSON.stringify(activity.body)).not.toContain(PASSWORD);
});

test('a calendar of its own is made at the connection', async () => {
  expect(await connect(jane, { calendar: 'dedicated' })).toMatchObject({ status: 201 });
  expect(simulator.calendars(user).map(({ name }) => name)).toEqual(["Jane Doe's calendar", 'VALClean']);
  expect(await connections(jane)).toMatchObject([{ calendar: { name: 'VALClean', kind: 'dedicated' } }]);
});

test('one of the account’s calendars can be chosen', async () => {
  simulator.addCalendar(user, 'work', 'Work');
  simulator.addCalendar(user, 'team', 'Team', { readOnly: true });
  const listed = await server.call('POST', '/api/calendar/caldav/calendars/', { token: jane.token, body: login() });
  expect(listed.status).toBe(200);
  expect(listed.body.items.map(({ name, is_default }: Json) => [name, is_default])).toEqual([
    ["Jane Doe's calendar", true],
    ['Work', false],
  ]);
  expect(await connections(jane)).toEqual([]);
  const chosen = listed.body.items[1].id;
  expect((await connect(jane, { calendar_id: chosen })).status).toBe(201);
  expect(await connections(jane)).toMatchObject([{ calendar: { id: chosen, name: 'Work', kind: 'primary' } }]);

  const unknown = await connect(jane, { calendar_id: '/dav/calendars/somebody/else/' });
  expect(unknown).toMatchObject({
    status: 422,
    body: { code: 'unknown_calendar', errors: [{ field: 'calendar_id' }] },
  });
  expect(await connections(jane)).toMatchObject([{ calendar: { id: chosen } }]);
});

test('connecting again keeps the calendar, and takes the new password', async () => {
  await connect(jane, { calendar: 'dedicated' });
  const [before] = await connections(jane);
  simulator.changePassword(user, 'the-new-password');
  expect(await connect(jane)).toMatchObject({ status: 422, body: { code: 'password_refused' } });
  expect(await connections(jane)).toEqual([before]);
  expect(await connect(jane, { password: 'the-new-password' })).toMatchObject({ status: 201 });
  const [after, ...others] = await connections(jane);
  expect(others).toEqual([]);
  expect(after).toMatchObject({ id: before.id, status: 'active', calendar: before.calendar });
});

test('an account serves one person at a time', async () => {
  await connect(jane);
  const tom = await server.person('customer');
  expect(await connect(tom)).toMatchObject({ status: 409, body: { code: 'account_already_linked' } });
  expect(await connections(tom)).toEqual([]);
});

test('a server that makes no calendars says so', async () => {
  simulator.changeSettings({ makesCalendars: false });
  const answer = await connect(jane, { calendar: 'dedicated' });
  simulator.changeSettings({ makesCalendars: true });
  expect(answer).toMatchObject({ status: 422, body: { code: 'calendar_not_made', errors: [{ field: 'calendar' }] } });
  expect(await connections(jane)).toEqual([]);
});

describe('what is wrong about a login is said in time, and nothing changes', () => {
  test.each([
    ['a wrong password', { password: 'wrong' }, 'password_refused', 'password'],
    ['a wrong name', { username: 'nobody@dav.example' }, 'password_refused', 'password'],
    ['no encryption', { server_url: 'http://dav.example.com/' }, 'server_not_encrypted', 'server_url'],
    ['a private address', { server_url: 'https://192.168.0.1/dav/' }, 'server_not_allowed', 'server_url'],
    ['this machine', { server_url: 'https://localhost:5232/' }, 'server_not_allowed', 'server_url'],
    ['the cloud’s own data', { server_url: 'https://169.254.169.254/' }, 'server_not_allowed', 'server_url'],
    ['no address', { server_url: 'https://' }, 'server_not_found', 'server_url'],
  ])('%s', async (_, change, code, field) => {
    await refused(change, code, field);
  });

  test.each([
    ['a web page', (_: unknown, response) => response.end('<!doctype html><p>Hello<br>'), 'not_a_calendar_server'],
    ['JSON', (_: unknown, response) => response.end('{"error":"not found"}'), 'not_a_calendar_server'],
    ['a body without end', endless, 'not_a_calendar_server'],
    ['one byte now and then', drip, 'server_too_slow'],
    ['silence', () => undefined, 'server_too_slow'],
    ['a line that breaks', (request) => void request.socket.destroy(), 'server_unreachable'],
    ['a redirect to this machine', to('https://127.0.0.1:1/'), 'server_not_allowed'],
    ['a redirect to a private network', to('https://10.0.0.1/'), 'server_not_allowed'],
    ['a redirect away from encryption', to('http://dav.example.com/'), 'server_not_encrypted'],
  ] satisfies [string, RequestListener, string][])('%s', async (_, listener, code) => {
    await refused({ server_url: await serve(listener) }, code, 'server_url');
  });

  async function refused(change: object, code: string, field: string): Promise<void> {
    const began = performance.now();
    const answer = await connect(jane, change);
    expect(performance.now() - began).toBeLessThan(IN_TIME_MS);
    expect(answer).toMatchObject({ status: 422, body: { code, errors: [{ field }] } });
    expect(answer.body.detail).toMatch(/\w{3,}.*\.$/);
    expect(JSON.stringify(answer.body)).not.toContain(PASSWORD);
    expect(await connections(jane)).toEqual([]);
    expect(simulator.events(user)).toEqual([]);
  }
});

test('nobody tries out passwords through us', async () => {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    expect((await connect(jane, { password: `guess-${attempt}` })).status).toBe(422);
  }
  const answer = await connect(jane);
  expect(answer).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await connect(await server.person('customer'))).status).toBe(201);
});

test('a password is not connected like a consent', async () => {
  const answer = await server.call('GET', '/api/calendar/caldav/callback/?code=x&state=y');
  expect(answer.status).toBe(404);
});

function login(): Record<string, string> {
  return { server_url: simulator.url, username: user, password: PASSWORD };
}

function connect(person: Person, change: object = {}): Promise<ApiAnswer> {
  return server.call('POST', '/api/calendar/caldav/connect/', { token: person.token, body: { ...login(), ...change } });
}

async function connections(person: Person): Promise<Json[]> {
  return (await server.call('GET', '/api/calendar/', { token: person.token })).body.connections;
}

/** A server that counts as a public one. */
async function serve(listener: RequestListener): Promise<string> {
  const listening = createServer(listener);
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    listening.closeAllConnections();
    listening.close();
  });
  const origin = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  known.add(origin);
  return origin;
}

function to(location: string): RequestListener {
  return (_, response) => void response.writeHead(302, { location }).end();
}

function endless(_: unknown, response: Parameters<RequestListener>[1]): void {
  response.writeHead(207);
  const more = (): void => {
    while (!response.destroyed && response.write('<!-- more and more -->'.repeat(10_000)));
  };
  response.on('drain', more);
  more();
}

function drip(_: unknown, response: Parameters<RequestListener>[1]): void {
  response.writeHead(207);
  const timer = setInterval(() => response.write(' '), 50);
  response.on('close', () => clearInterval(timer));
}
