import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startGoogleSimulator, type GoogleSimulator } from '../../simulator/google/server.ts';
import { OUTBOX } from '../../src/mail/outbox-post.ts';
import { ADMIN_EMAIL, PASSWORD, startBusiness, type Business, type Person } from '../support/business.ts';
import { copyEmbeddedTemplate } from '../support/database.ts';
import { startKillable, type Killable } from '../support/killable.ts';
import { callApi } from '../support/server.ts';
import { buildWeb } from '../support/web-build.ts';

/*
 * A whole journey of the real product that logs everything it can, good days and bad; then its log, every file of its
 * data folder and every answer of its API are searched for everything that must be known to nobody else.
 */

const REDIRECT_URI = 'http://localhost:8000/api/calendar/google/callback/';
const CLIENT = { clientId: 'valclean-test', clientSecret: `client-secret-${randomBytes(12).toString('hex')}` };
const JWT_SECRET = randomBytes(40).toString('base64url');
const KEY = randomBytes(32).toString('base64');
const WRONG_PASSWORD = `wrong-${randomBytes(12).toString('hex')}`;
const NEXT_PASSWORD = `next-${randomBytes(12).toString('hex')}`;
const NEXT_EMAIL = 'jane.asked.for@example.com';
const PATIENCE = { timeout: 120_000, interval: 100 };
const TIME_LIMIT_MS = 400_000;

/** What is secret, by name; collected on the way between the product and the provider. */
const secrets = new Map<string, string>();
/** Everything that the API answered, headers included. */
const answers: string[] = [];
const fetchOfNode = globalThis.fetch;

let google: GoogleSimulator;
let tap: http.Server;
let product: Killable;
let log = '';
let dataDir: string;
let business: Business;

beforeAll(async () => {
  await buildWeb();
  google = await startGoogleSimulator({
    clients: [{ ...CLIENT, redirectUris: [REDIRECT_URI] }],
    accounts: [],
    settings: { rotateRefreshTokens: true },
  });
  tap = await startTap(google.env['GOOGLE_TOKEN_URL'] ?? '');
  dataDir = await copyEmbeddedTemplate();
  const running = await startKillable('serve', {
    ...google.env,
    GOOGLE_TOKEN_URL: `http://127.0.0.1:${(tap.address() as AddressInfo).port}/token`,
    ...{ DATA_DIR: dataDir, PORT: '0', WEB_PORT: '0', LOG_LEVEL: 'trace', GOOGLE_REDIRECT_URI: REDIRECT_URI },
    ...{ GOOGLE_CLIENT_ID: CLIENT.clientId, GOOGLE_CLIENT_SECRET: CLIENT.clientSecret },
    ...{ JWT_SECRET, TOKEN_ENCRYPTION_KEYS: `k1:${KEY}` },
    ...{ BOOTSTRAP_ADMIN_EMAIL: ADMIN_EMAIL, BOOTSTRAP_ADMIN_PASSWORD: PASSWORD },
  });
  product = running;
  const apiUrl = running.ready.api ?? '';
  recordAnswers(apiUrl);
  for (const [name, value] of Object.entries({ PASSWORD, WRONG_PASSWORD, NEXT_PASSWORD, JWT_SECRET, KEY }))
    secrets.set(name, value);
  secrets.set('client secret', CLIENT.clientSecret);
  business = await startBusiness(google, apiUrl);
  await journey(apiUrl);
  await product.stop();
  log = product.said();
}, TIME_LIMIT_MS);

afterAll(async () => {
  globalThis.fetch = fetchOfNode;
  tap.closeAllConnections();
  tap.close();
  await google.close();
  fs.rmSync(dataDir, { recursive: true, force: true });
});

/** Stands between the product and the provider's token endpoint, and keeps what passes. */
async function startTap(tokenUrl: string): Promise<http.Server> {
  const server = http.createServer((request, response) => {
    void (async () => {
      const body = await text(request);
      keep('sent', Object.fromEntries(new URLSearchParams(body)));
      const type = request.headers['content-type'] ?? '';
      const authorization = request.headers.authorization;
      const headers = { 'content-type': type, ...(authorization === undefined ? {} : { authorization }) };
      const answer = await fetchOfNode(tokenUrl, { method: 'POST', headers, body });
      const answered = await answer.text();
      keep('answered', JSON.parse(answered) as Record<string, unknown>);
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answered);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const KEPT = ['code', 'code_verifier', 'refresh_token', 'access_token', 'id_token'];

function keep(direction: string, fields: Record<string, unknown>): void {
  for (const name of KEPT) {
    const value = fields[name];
    if (typeof value === 'string') secrets.set(`${name} ${direction} (${secrets.size})`, value);
  }
}

function recordAnswers(apiUrl: string): void {
  globalThis.fetch = async (input, init) => {
    const response = await fetchOfNode(input, init);
    const url = input instanceof Request ? input.url : String(input);
    if (url.startsWith(apiUrl)) {
      answers.push(`${JSON.stringify([...response.headers])}\n${await response.clone().text()}`);
    }
    return response;
  };
}

async function journey(apiUrl: string): Promise<void> {
  const jane = await business.hire('customer', 'Jane Doe');
  const sarah = await business.hire('staff', 'Sarah Miller');
  for (const person of [jane, sarah]) await business.connect(person);
  await book(jane, sarah, 3);
  await atRest(jane);
  await badSignIns(apiUrl, jane);
  await badCallbacks(apiUrl);
  await badDays(jane, sarah);
  await passwordByMail(apiUrl, jane);
  await addressByMail(apiUrl, jane);
  await business.call(sarah, 'POST', '/api/calendar/google/disconnect/', {});
  await vi.waitUntil(async () => (await connections(sarah)).length === 0, PATIENCE);
}

async function book(customer: Person, staff: Person, day: number): Promise<void> {
  const id = await business.order({ customer, staff: [staff], day, hour: 9 });
  await business.call(business.admin, 'POST', `/api/orders/${id}/confirm/`);
}

async function connections(person: Person): Promise<{ status: string; pending: number }[]> {
  return (await business.call(person, 'GET', '/api/calendar/')).connections;
}

async function atRest(person: Person): Promise<void> {
  const resting = async (): Promise<boolean> => {
    const own = await connections(person);
    return own.every(({ status, pending }) => status !== 'active' || pending === 0);
  };
  await vi.waitUntil(resting, PATIENCE);
}

async function badSignIns(apiUrl: string, { email }: Person): Promise<void> {
  const place = '/api/auth/login/';
  await callApi(apiUrl, 'POST', place, { body: { email, password: WRONG_PASSWORD } });
  await callApi(apiUrl, 'POST', place, { raw: `{"email":"${email}","password":"${PASSWORD}` });
  await callApi(apiUrl, 'POST', place, { body: { email: 7, password: [PASSWORD] } });
  await callApi(apiUrl, 'POST', `${place}?password=${WRONG_PASSWORD}`, { body: {} });
  await callApi(apiUrl, 'GET', '/api/auth/me/', { token: JWT_SECRET });
}

async function badCallbacks(apiUrl: string): Promise<void> {
  const [code = ''] = [...secrets].find(([name]) => name.startsWith('code sent'))?.slice(1) ?? [];
  for (const query of [`code=${code}&state=unknown`, `code=${code}`, `error=access_denied&code=${code}`]) {
    await callApi(apiUrl, 'GET', `/api/calendar/google/callback/?${query}`, {});
  }
}

/** Refused tokens, refreshes, errors of every kind, answers that are none, and a grant taken back. */
async function badDays(jane: Person, sarah: Person): Promise<void> {
  const refreshed = (): boolean => [...secrets.keys()].some((name) => name.startsWith('refresh_token sent'));
  google.expireAccessTokens();
  await book(jane, sarah, 4);
  await vi.waitUntil(refreshed, PATIENCE);
  await atRest(jane);
  for (const kind of ['malformed-json', 'html', 'drop-after-commit'] as const) {
    google.faults.add({ match: { account: jane.google }, action: { kind } });
  }
  google.faults.add({ match: { account: jane.google }, action: { kind: 'answer', status: 401, reason: 'authError' } });
  await book(jane, sarah, 5);
  await atRest(jane);
  google.revokeGrant(jane.google);
  await book(jane, sarah, 6);
  await vi.waitUntil(async () => (await connections(jane))[0]?.status === 'reauth_required', PATIENCE);
}

/** Without a mail server the letter lies in the outbox, and its token nowhere else. */
async function passwordByMail(apiUrl: string, { email }: Person): Promise<void> {
  await callApi(apiUrl, 'POST', '/api/auth/password/forgot/', { body: { email } });
  const token = await vi.waitUntil(() => mailedToken(email, 'set-password'), PATIENCE);
  secrets.set('token of a mail', token);
  const check = '/api/auth/password/check/';
  await callApi(apiUrl, 'POST', check, { raw: `{"token":"${token}` });
  await callApi(apiUrl, 'POST', `${check}?token=${token}`, { body: { token: [token] } });
  expect((await callApi(apiUrl, 'POST', check, { body: { token } })).status).toBe(204);
  const place = '/api/auth/password/set/';
  await callApi(apiUrl, 'POST', place, { raw: `{"token":"${token}","password":"${NEXT_PASSWORD}` });
  await callApi(apiUrl, 'POST', place, { body: { token: [token], password: NEXT_PASSWORD } });
  await callApi(apiUrl, 'POST', `${place}?token=${token}`, { body: { token, password: 'short' } });
  const answer = await callApi(apiUrl, 'POST', place, { body: { token, password: NEXT_PASSWORD } });
  expect(answer.status).toBe(200);
  await callApi(apiUrl, 'POST', place, { body: { token, password: NEXT_PASSWORD } });
  expect((await callApi(apiUrl, 'POST', check, { body: { token } })).status).toBe(422);
}

async function addressByMail(apiUrl: string, { email }: Person): Promise<void> {
  const signedIn = await callApi(apiUrl, 'POST', '/api/auth/login/', { body: { email, password: NEXT_PASSWORD } });
  const token = signedIn.body.access_token;
  const ask = (password: unknown): ReturnType<typeof callApi> =>
    callApi(apiUrl, 'POST', '/api/auth/email/', { token, body: { email: NEXT_EMAIL, current_password: password } });
  for (const password of [WRONG_PASSWORD, [NEXT_PASSWORD], NEXT_PASSWORD]) await ask(password);
  const mailed = await vi.waitUntil(() => mailedToken(NEXT_EMAIL, 'confirm-email'), PATIENCE);
  secrets.set('token of a mail to a new address', mailed);
  const place = '/api/auth/email/confirm/';
  await callApi(apiUrl, 'POST', place, { raw: `{"token":"${mailed}"` });
  await callApi(apiUrl, 'POST', `${place}?token=${mailed}`, { body: { token: [mailed] } });
  for (const status of [204, 422]) {
    expect((await callApi(apiUrl, 'POST', place, { body: { token: mailed } })).status).toBe(status);
  }
}

async function mailedToken(email: string, page: string): Promise<string | undefined> {
  const files = fs.globSync(path.join(dataDir, OUTBOX, '*.eml'));
  const mails = await Promise.all(files.map((file) => PostalMime.parse(fs.readFileSync(file))));
  const text = mails.find((mail) => mail.to?.[0]?.address === email && mail.text?.includes(`/${page}#`))?.text;
  return new RegExp(`/${page}#([\\w-]+)`).exec(text ?? '')?.[1];
}

const found = (place: string): string[] =>
  [...secrets].filter(([, value]) => place.includes(value)).map(([name]) => name);

describe('what must be known to nobody', () => {
  it('was seen on its way', () => {
    const kinds = new Set([...secrets.keys()].map((name) => name.replace(/ \(\d+\)$/, '')));
    const expected = ['code sent', 'code_verifier sent', 'refresh_token sent', 'access_token answered'];
    expect([...kinds]).toEqual(expect.arrayContaining([...expected, 'refresh_token answered']));
    expect([...kinds]).toEqual(expect.arrayContaining(['token of a mail', 'token of a mail to a new address']));
    for (const [name, value] of secrets) expect(value.length, name).toBeGreaterThan(15);
  });

  it('is not in the log, at its most talkative', () => {
    expect(log).toContain('"level":20');
    expect(log).toContain('account set back');
    expect(found(log)).toEqual([]);
    expect(log).not.toContain(NEXT_EMAIL);
  });

  it('is in no file of the data folder', () => {
    const files = fs.readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const places = files.map((entry) => path.join(entry.parentPath, entry.name));
    const contents = places.map((place) => ({ place, content: fs.readFileSync(place, 'latin1') }));
    // The search finds what is there: in tables and in the write-ahead log.
    const known = contents.filter(({ content }) => content.includes('jane.doe@gmail.example'));
    expect(known.some(({ place }) => place.includes('pg_wal'))).toBe(true);
    expect(known.some(({ place }) => place.includes(`${path.sep}base${path.sep}`))).toBe(true);
    const mayBe = (name: string, place: string): boolean =>
      name.startsWith('token of a mail') && path.basename(path.dirname(place)) === OUTBOX;
    const wrong = contents.flatMap(({ place, content }) =>
      found(content).flatMap((name) => (mayBe(name, place) ? [] : [`${name} in ${place}`])),
    );
    expect(wrong).toEqual([]);
  });

  it('is in no answer of the API', () => {
    expect(answers.length).toBeGreaterThan(20);
    expect(answers.flatMap(found)).toEqual([]);
  });
});
