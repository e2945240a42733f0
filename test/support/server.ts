import { randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import { createCipher } from '../../src/base/cipher.ts';
import { silentLogger, type Logger } from '../../src/base/loggers.ts';
import { MINUTE } from '../../src/base/time.ts';
import type { Role } from '../../src/domain/appointment.ts';
import type { App, Route } from '../../src/http/route.ts';
import { createServer, type ServerDeps } from '../../src/http/server.ts';
import { createMemoryProvider } from '../../src/providers/memory/provider.ts';
import { renderCalendar } from '../../src/providers/ics/calendar.ts';
import { createFeedWriter } from '../../src/providers/ics/feed-writer.ts';
import { insertUser } from '../../src/store/users.ts';
import type { ProviderAccess } from '../../src/sync/drain-context.ts';
import type { ProviderName } from '../../src/sync/provider.ts';
import { createAccessTokens } from '../../src/use-cases/accounts/access-tokens.ts';
import type { AccountContext } from '../../src/use-cases/accounts/context.ts';
import { createPasswords } from '../../src/use-cases/accounts/passwords.ts';
import type { CalendarContext } from '../../src/use-cases/calendar/context.ts';
import { Turns } from '../../src/use-cases/calendar/turns.ts';
import { loadZones } from '../../src/zones/zones.ts';
import { TestClock, TestOAuth } from '../sync/rig.ts';
import { openTestDatabase } from './database.ts';

/** The password of everybody whom `person` makes. */
export const PASSWORD = 'correct horse battery';

/** For hooks that start the server: two seconds as a rule, many times that on a machine that is busy with other tests. */
export const START_LIMIT_MS = 5 * MINUTE;

/** Somebody signed in. */
export interface Person {
  id: number;
  role: Role;
  email: string;
  /** An access token, good for 15 minutes of the test's clock. */
  token: string;
}

export interface ApiRequest {
  token?: string | undefined;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, instead of `body`. */
  raw?: string | Uint8Array;
  headers?: Record<string, string>;
}

export interface ApiAnswer<Body = Json> {
  status: number;
  headers: Headers;
  /** Parsed when it is JSON, otherwise the text. */
  body: Body;
}

/** Answers are looked into by tests as they come. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Json = any;

/** The real server on a free port, over a database of its own. */
export interface TestServer extends AsyncDisposable {
  app: App;
  /** `http://127.0.0.1:…`, without a slash at the end. */
  origin: string;
  clock: TestClock;
  context: AccountContext & CalendarContext;
  call(method: string, path: string, request?: ApiRequest): Promise<ApiAnswer>;
  /** Makes an account and signs in. */
  person(role: Role, more?: { managerId?: number; name?: string; phone?: string }): Promise<Person>;
  close(): Promise<void>;
}

export interface TestServerOptions {
  /** Further routes, beside all of the program's. */
  routes?: readonly Route[];
  logger?: Logger;
  metricsToken?: string;
  liveLimits?: ServerDeps['liveLimits'];
  /** Instead of the in-memory one, which is Google here. */
  providers?: ReadonlyMap<ProviderName, ProviderAccess>;
}

/** Starts the API over a fresh database, with a clock that the test moves and in-memory calendars. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { database, close: closeDatabase } = await openTestDatabase();
  const clock = new TestClock();
  const context = testContext(clock, database, options.providers);
  const app = await createServer({ ...serverDeps(context, options) });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  // Costly even when it is cheap, and the same for all.
  const passwordHash = await context.passwords.hash(PASSWORD);
  let people = 0;

  async function close(): Promise<void> {
    await app.close();
    await closeDatabase();
  }
  return {
    app,
    origin,
    clock,
    context,
    close,
    call: (method, path, request = {}) => callApi(origin, method, path, request),
    async person(
      role,
      {
        managerId = null,
        name,
        phone = null,
      }: { managerId?: number | null; name?: string; phone?: string | null } = {},
    ) {
      people += 1;
      const email = `person-${people}-${randomUUID().slice(0, 8)}@valclean.example`;
      const place = { role, managerId, timeZone: 'Europe/London' };
      const made = { email, passwordHash, name: name ?? `Person${people} Example`, phone, ...place };
      const user = await database.transaction((tx) => insertUser(tx, made, clock.now()));
      if (user === null) throw new Error('The e-mail address is taken');
      return { id: user.id, role, email, token: await context.accessTokens.issue(user.id, randomUUID()) };
    },
    [Symbol.asyncDispose]: close,
  };
}

function testContext(
  clock: TestClock,
  database: AccountContext['database'],
  providers: ReadonlyMap<ProviderName, ProviderAccess> = inMemory(clock),
): AccountContext & CalendarContext {
  const zones = loadZones({ only: 'bundled' });
  const business = { businessName: 'VALClean', appUrl: 'http://localhost:3000' };
  const heading = { name: 'VALClean', timeZone: 'Europe/London' };
  return {
    database,
    clock,
    zones,
    providers,
    settings: { ...business, syncHorizonDays: 365, overviewHorizonDays: 60 },
    // Far too cheap for anything but tests.
    passwords: createPasswords({ memoryCost: 64, passes: 1, atOnce: 4, waiting: 1000 }),
    accessTokens: createAccessTokens(randomBytes(32), clock),
    cipher: createCipher([{ id: 'test', bytes: randomBytes(32) }]),
    renderFile: (events) => renderCalendar('file', heading, events, zones),
    feeds: { origin: 'https://feeds.valclean.example', writer: createFeedWriter(zones), turns: new Turns(clock) },
    mailDelivery: 'server',
  };
}

function inMemory(clock: TestClock): ReadonlyMap<ProviderName, ProviderAccess> {
  return new Map([['google', { provider: createMemoryProvider({ name: 'google' }), oauth: new TestOAuth(clock) }]]);
}

function serverDeps(context: AccountContext & CalendarContext, options: TestServerOptions): ServerDeps {
  const { passwords, accessTokens, providers, cipher, renderFile, feeds, mailDelivery } = context;
  return {
    context,
    accounts: { passwords, accessTokens },
    calendar: { providers, cipher, renderFile, feeds, mailDelivery },
    logger: options.logger ?? silentLogger(),
    registry: new Registry(),
    metricsToken: options.metricsToken ?? null,
    fingerprintKey: randomBytes(32),
    trustedProxies: ['loopback'],
    ...(options.routes && { moreRoutes: options.routes }),
    ...(options.liveLimits && { liveLimits: options.liveLimits }),
  };
}

/** Sends one request; never follows redirects. */
export async function callApi(origin: string, method: string, path: string, request: ApiRequest): Promise<ApiAnswer> {
  const { token, body, raw, headers = {} } = request;
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(`${origin}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent }),
  });
  const type = response.headers.get('content-type') ?? '';
  // It ends when its reader does.
  const text = type.startsWith('text/event-stream') ? await beginning(response) : await response.text();
  const isJson = /\bjson\b/.test(type);
  return { status: response.status, headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : text };
}

async function beginning(response: Response): Promise<string> {
  for await (const chunk of response.body ?? []) return Buffer.from(chunk).toString();
  return '';
}
