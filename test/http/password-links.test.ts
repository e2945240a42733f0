import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/base/time.ts';
import type { Letter } from '../../src/mail/letter.ts';
import { hashOfToken } from '../../src/use-cases/tokens.ts';
import { startMailWorker, type MailRig } from '../mail/rig.ts';
import { tablesHolding } from '../support/tables-holding.ts';
import {
  PASSWORD,
  START_LIMIT_MS,
  startTestServer,
  type ApiAnswer,
  type Person,
  type TestServer,
} from '../support/server.ts';

/* People set their password by a link in a mail: those who are invited, and those who forgot theirs. */

const NEW_PASSWORD = 'a few new words';

let server: TestServer;
let admin: Person;
let mails: MailRig;
const letters: Letter[] = [];
/** What the mail server says to the next letters, instead of taking them. */
const troubles: string[] = [];

beforeAll(async () => {
  server = await startTestServer();
  mails = startMailWorker({
    database: server.context.database,
    clock: server.clock,
    post: {
      async send(letter) {
        letters.push(letter);
        const code = troubles.shift();
        return code === undefined ? { kind: 'delivered' } : { kind: 'failed', code };
      },
      close: () => undefined,
    },
  });
}, START_LIMIT_MS);
afterAll(async () => {
  await mails?.worker.stop();
  await server?.close();
  expect(mails?.errors).toEqual([]);
}, START_LIMIT_MS);
beforeEach(async () => {
  // What one test asked for counts no more in the next; and tokens of people last 15 minutes.
  server.clock.advance(2 * HOUR);
  admin = await server.person('admin');
  letters.length = 0;
});

let addresses = 0;
/** Each from an address of its own, so that the tests don't exhaust each other's. */
function post(path: string, body: object, address?: string): Promise<ApiAnswer> {
  addresses += 1;
  const headers = { 'x-forwarded-for': address ?? `198.51.100.${addresses % 250}` };
  return server.call('POST', path, { body, headers });
}

const forgot = (email: string, address?: string): Promise<ApiAnswer> =>
  post('/api/auth/password/forgot/', { email }, address);
const set = (token: string, password = NEW_PASSWORD, address?: string): Promise<ApiAnswer> =>
  post('/api/auth/password/set/', { token, password }, address);
const check = (token: string, address?: string): Promise<ApiAnswer> =>
  post('/api/auth/password/check/', { token }, address);
const logIn = (email: string, password: string): Promise<ApiAnswer> => post('/api/auth/login/', { email, password });
const invite = (id: number): Promise<ApiAnswer> =>
  server.call('POST', `/api/users/${id}/invite/`, { token: admin.token });
const change = (id: number, body: object): Promise<ApiAnswer> =>
  server.call('PATCH', `/api/users/${id}/`, { token: admin.token, body });

let made = 0;
function create(more: object = {}, headers = {}): Promise<ApiAnswer> {
  made += 1;
  const body = { email: `invited-${made}@example.com`, name: 'Nora Quinn', role: 'staff', ...more };
  return server.call('POST', '/api/users/', { token: admin.token, body, headers });
}

/** Sends what is due. @returns the tokens of the links to this person, oldest first */
async function linksTo(email: string): Promise<string[]> {
  await mails.worker.deliverDue();
  const own = letters.filter(({ to }) => to.address === email);
  return own.map(({ text }) => /\/set-password#([\w-]+)$/m.exec(text)?.[1] ?? '');
}

function expectCode(answer: ApiAnswer, status: number, code: string): void {
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
}

describe('an invitation', () => {
  test('goes to a person whose account is made without a password; their link signs them in', async () => {
    const { status, body: nora } = await create();
    expect(status).toBe(201);
    expect(nora.is_invited).toBe(true);
    const [token = ''] = await linksTo(nora.email);
    expect(token).toMatch(/^[\w-]{43}$/);
    const [letter] = letters;
    expect(letter?.subject).toBe('VALClean: your account is ready');
    expect(letter?.text).toContain('http://localhost:3000/set-password#');
    expect(letter?.unsubscribeUrl).toBeNull();
    expectCode(await logIn(nora.email, ''), 422, 'invalid_request');
    expectCode(await logIn(nora.email, NEW_PASSWORD), 401, 'invalid_credentials');
    const session = await set(token);
    expect(session.status).toBe(200);
    expect(session.body.user).toMatchObject({ id: nora.id, role: 'staff' });
    const me = await server.call('GET', '/api/auth/me/', { token: session.body.access_token });
    expect(me.body.email).toBe(nora.email);
    expect((await logIn(nora.email, NEW_PASSWORD)).status).toBe(200);
    const seen = await server.call('GET', `/api/users/${nora.id}/`, { token: admin.token });
    expect(seen.body.is_invited).toBe(false);
  });

  test('none goes to who is given a password', async () => {
    const { body: nora } = await create({ password: PASSWORD });
    expect(nora.is_invited).toBe(false);
    expect(await linksTo(nora.email)).toEqual([]);
    expect((await logIn(nora.email, PASSWORD)).status).toBe(200);
  });

  test('made twice under one key, it is one account and one mail', async () => {
    const headers = { 'idempotency-key': 'invite-once' };
    const email = 'once@example.com';
    const [one, two] = [await create({ email }, headers), await create({ email }, headers)];
    expect(two.body).toEqual(one.body);
    expect(await linksTo(email)).toHaveLength(1);
  });

  test('can be sent again; any of the links works, and then none', async () => {
    const { body: nora } = await create();
    await linksTo(nora.email);
    const again = await invite(nora.id);
    expect(again).toMatchObject({ status: 202, body: { email: nora.email, delivery: 'server' } });
    const [first = '', second = ''] = await linksTo(nora.email);
    expect(second).not.toBe(first);
    expect((await set(first)).status).toBe(200);
    expectCode(await set(first), 422, 'invalid_link');
    expectCode(await set(second), 422, 'invalid_link');
  });

  test('pressed twice before it is on its way, it is one mail', async () => {
    const { body: nora } = await create();
    await Promise.all([invite(nora.id), invite(nora.id)]);
    expect(await linksTo(nora.email)).toHaveLength(1);
  });

  test('at most three an hour', async () => {
    const { body: nora } = await create();
    for (const mail of [1, 2, 3]) {
      if (mail > 1) expect((await invite(nora.id)).status).toBe(202);
      expect(await linksTo(nora.email)).toHaveLength(mail);
    }
    const refused = await invite(nora.id);
    expectCode(refused, 429, 'too_many_mails');
    expect(Number(refused.headers.get('retry-after'))).toBe(HOUR / SECOND);
  });

  test('lasts 7 days', async () => {
    const [early, late] = [(await create()).body, (await create()).body];
    const [good = ''] = await linksTo(early.email);
    const [old = ''] = await linksTo(late.email);
    server.clock.advance(7 * DAY - SECOND);
    expect((await set(good)).status).toBe(200);
    server.clock.advance(SECOND);
    expectCode(await set(old), 422, 'invalid_link');
  });

  test('is not sent any more once a password is set in another way', async () => {
    const { body: nora } = await create();
    await change(nora.id, { password: PASSWORD });
    expect(await linksTo(nora.email)).toEqual([]);
  });

  test('neither sent nor good for who is deactivated', async () => {
    const { body: nora } = await create();
    const [token = ''] = await linksTo(nora.email);
    await change(nora.id, { is_active: false });
    expectCode(await invite(nora.id), 409, 'person_deactivated');
    await change(nora.id, { is_active: true });
    expectCode(await set(token), 422, 'invalid_link');
  });

  test('a mail that is tried again has another link', async () => {
    const { body: nora } = await create();
    troubles.push('ECONNREFUSED');
    await linksTo(nora.email);
    server.clock.advance(HOUR);
    const [lost = '', arrived = ''] = await linksTo(nora.email);
    expect(arrived).not.toBe(lost);
    expect(letters[1]?.id).toBe(letters[0]?.id);
    expect((await set(arrived)).status).toBe(200);
  });
});

describe('a forgotten password', () => {
  test('is set anew by the link; all sessions end, the old one opens nothing', async () => {
    const jane = await server.person('customer');
    const { body: elsewhere } = await logIn(jane.email, PASSWORD);
    expect(await forgot(jane.email.toUpperCase())).toMatchObject({ status: 202, body: '' });
    const [token = ''] = await linksTo(jane.email);
    expect(letters[0]?.subject).toBe('VALClean: set a new password');
    expect((await logIn(jane.email, PASSWORD)).status).toBe(200);
    expect((await set(token)).status).toBe(200);
    const stale = await post('/api/auth/refresh/', { refresh_token: elsewhere.refresh_token });
    expectCode(stale, 401, 'invalid_refresh_token');
    expectCode(await logIn(jane.email, PASSWORD), 401, 'invalid_credentials');
    expect((await logIn(jane.email, NEW_PASSWORD)).status).toBe(200);
  });

  test('the answer is the same whether there is such an account', async () => {
    const jane = await server.person('customer');
    const gone = await server.person('customer');
    await change(gone.id, { is_active: false });
    const answers = [];
    for (const email of [jane.email, 'nobody@example.com', 'no address', gone.email]) answers.push(await forgot(email));
    const told = answers.map(({ status, body, headers }) => ({ status, body, fields: [...headers.keys()] }));
    expect(new Set(told.map((answer) => JSON.stringify(answer))).size).toBe(1);
    await mails.worker.deliverDue();
    expect(letters.map(({ to }) => to.address)).toEqual([jane.email]);
  });

  test('a person gets three mails an hour, and the answer stays the same', async () => {
    const jane = await server.person('customer');
    for (const mail of [1, 2, 3, 3]) {
      expect((await forgot(jane.email)).status).toBe(202);
      expect(await linksTo(jane.email)).toHaveLength(mail);
    }
    server.clock.advance(HOUR);
    expect((await forgot(jane.email)).status).toBe(202);
    expect(await linksTo(jane.email)).toHaveLength(4);
  });

  test('an address asks 20 times within 15 minutes, for whomever', async () => {
    const from = '203.0.113.9';
    for (let at = 0; at < 20; at++) expect((await forgot(`nobody-${at}@example.com`, from)).status).toBe(202);
    const refused = await forgot('nobody@example.com', from);
    expectCode(refused, 429, 'too_many_attempts');
    expect(Number(refused.headers.get('retry-after'))).toBe((15 * MINUTE) / SECOND);
    expect((await forgot('nobody@example.com')).status).toBe(202);
  });

  test('lasts a day', async () => {
    const jane = await server.person('customer');
    await forgot(jane.email);
    const [token = ''] = await linksTo(jane.email);
    server.clock.advance(DAY);
    expectCode(await set(token), 422, 'invalid_link');
  });

  test('is not told of when the mail comes a day late', async () => {
    const jane = await server.person('customer');
    await forgot(jane.email);
    server.clock.advance(DAY);
    expect(await linksTo(jane.email)).toEqual([]);
  });

  test('the link ends when the password is changed in another way', async () => {
    const jane = await server.person('customer');
    await forgot(jane.email);
    const [token = ''] = await linksTo(jane.email);
    const body = { new_password: 'yet another one', current_password: PASSWORD };
    expect((await server.call('PATCH', '/api/auth/me/', { token: jane.token, body })).status).toBe(200);
    expectCode(await set(token), 422, 'invalid_link');
  });
});

describe('a link', () => {
  test('is used once, also by two at the same moment', async () => {
    const jane = await server.person('customer');
    await forgot(jane.email);
    const [token = ''] = await linksTo(jane.email);
    const both = await Promise.all([set(token, 'password of one'), set(token, 'password of two')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 422]);
    const opens = await Promise.all([logIn(jane.email, 'password of one'), logIn(jane.email, 'password of two')]);
    expect(opens.map(({ status }) => status)).toEqual(both.map(({ status }) => (status === 200 ? 200 : 401)));
  });

  test('a password that is too short does not use it up', async () => {
    const jane = await server.person('customer');
    await forgot(jane.email);
    const [token = ''] = await linksTo(jane.email);
    expectCode(await set(token, 'too short'), 422, 'invalid_request');
    expect((await set(token)).status).toBe(200);
  });

  test('can be looked at before a password is chosen, which does not use it up', async () => {
    const jane = await server.person('customer');
    await forgot(jane.email);
    const [token = ''] = await linksTo(jane.email);
    for (const look of [await check(token), await check(token)]) expect(look).toMatchObject({ status: 204, body: '' });
    expect((await set(token)).status).toBe(200);
    expectCode(await check(token), 422, 'invalid_link');
    expectCode(await check('made-up'), 422, 'invalid_link');
  });

  test('that is too old is told before a password is chosen', async () => {
    const jane = await server.person('customer');
    await forgot(jane.email);
    const [token = ''] = await linksTo(jane.email);
    server.clock.advance(DAY - SECOND);
    expect((await check(token)).status).toBe(204);
    server.clock.advance(SECOND);
    expectCode(await check(token), 422, 'invalid_link');
  });

  test('who guesses gets 50 tries from an address, by whichever call', async () => {
    const from = '203.0.113.77';
    for (let guess = 0; guess < 25; guess++) {
      expectCode(await set(`guess-${guess}`, NEW_PASSWORD, from), 422, 'invalid_link');
      expectCode(await check(`look-${guess}`, from), 422, 'invalid_link');
    }
    expectCode(await set('guess', NEW_PASSWORD, from), 429, 'too_many_attempts');
    expectCode(await check('look', from), 429, 'too_many_attempts');
  });

  test('is in no table: of its token there is the hash', async () => {
    const jane = await server.person('customer');
    await forgot(jane.email);
    const [token = ''] = await linksTo(jane.email);
    const { db } = server.context.database;
    expect(await tablesHolding(db, token)).toEqual([]);
    expect(await tablesHolding(db, hashOfToken(token).toString('hex'))).toEqual(['password_links']);
  });
});
