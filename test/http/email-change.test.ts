import { AsyncResource } from 'node:async_hooks';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/base/time.ts';
import { deleteOldEmailChanges } from '../../src/store/email-changes.ts';
import { insertPasswordLink } from '../../src/store/password-links.ts';
import { lockUser, updateUser } from '../../src/store/users.ts';
import { hashOfToken } from '../../src/use-cases/tokens.ts';
import type { ArrivedMail } from '../support/mail-server.ts';
import { tablesHolding } from '../support/tables-holding.ts';
import { startMailedServer, type MailedServer } from '../mail/rig.ts';
import { PASSWORD, START_LIMIT_MS, type ApiAnswer, type Person, type TestServer } from '../support/server.ts';

/* People sign in with another address: confirmed by a link in a mail to it, or given by an administrator. */

const NEW_PASSWORD = 'a few new words';

let rig: MailedServer;
let server: TestServer;
let admin: Person;

beforeAll(async () => {
  rig = await startMailedServer();
  ({ server } = rig);
}, START_LIMIT_MS);
afterAll(async () => {
  await rig?.close();
  expect(rig?.mails.errors).toEqual([]);
}, START_LIMIT_MS);
beforeEach(async () => {
  // What one test asked for counts no more in the next; and tokens of people last 15 minutes.
  server.clock.advance(2 * HOUR);
  await rig.delivered();
  admin = await server.person('admin');
});

let addresses = 0;
/** Each from an address of its own, so that the tests don't exhaust each other's. */
function post(path: string, body: object, more: { token?: string; from?: string } = {}): Promise<ApiAnswer> {
  addresses += 1;
  const headers = { 'x-forwarded-for': more.from ?? `198.51.${Math.floor(addresses / 250)}.${addresses % 250}` };
  return server.call('POST', path, { body, headers, token: more.token });
}

interface SignedIn {
  email: string;
  token: string;
  refresh: string;
}

async function signIn(email: string, password = PASSWORD): Promise<SignedIn> {
  const { body } = await post('/api/auth/login/', { email, password });
  return { email, token: body.access_token, refresh: body.refresh_token };
}

let made = 0;
/** An address that nobody has. */
function newEmail(): string {
  made += 1;
  return `new-${made}@example.com`;
}

const ask = (who: { token: string }, email: string, password = PASSWORD, from?: string): Promise<ApiAnswer> =>
  post('/api/auth/email/', { email, current_password: password }, { token: who.token, ...(from && { from }) });
const confirm = (token: string, from?: string): Promise<ApiAnswer> =>
  post('/api/auth/email/confirm/', { token }, from === undefined ? {} : { from });
const refresh = (token: string): Promise<ApiAnswer> => post('/api/auth/refresh/', { refresh_token: token });
const change = (id: number, body: object, who: Person = admin): Promise<ApiAnswer> =>
  server.call('PATCH', `/api/users/${id}/`, { token: who.token, body });
const opens = async (email: string, password = PASSWORD): Promise<number> =>
  (await post('/api/auth/login/', { email, password })).status;

function tokenIn({ email }: ArrivedMail, page = 'confirm-email'): string | null {
  return new RegExp(`/${page}#([\\w-]{43})$`, 'm').exec(email.text ?? '')?.[1] ?? null;
}

/** What arrived, as `address: subject`. */
const told = (arrived: readonly ArrivedMail[]): string[] =>
  arrived.map(({ envelope, email }) => `${envelope.to[0]}: ${email.subject}`).toSorted();

async function linkTo(email: string): Promise<string> {
  const own = (await rig.delivered()).filter(({ envelope }) => envelope.to[0] === email);
  const token = own[0] && tokenIn(own[0]);
  if (own.length !== 1 || !token) throw new Error(`${own.length} mails to the address`);
  return token;
}

function expectCode(answer: ApiAnswer, status: number, code: string): void {
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
}

const TO_CONFIRM = 'VALClean: confirm your e-mail address';
const IS_CHANGED = 'VALClean: your e-mail address was changed';
const HAS_ACCOUNT = 'VALClean: this address has an account already';
const IS_ASSIGNED = 'VALClean: sign in with this address from now on';

describe('one’s own address', () => {
  test('is changed by the link in the mail to the new one, and the former one is told', async () => {
    const jane = await server.person('customer', { name: 'Jane Doe' });
    const email = newEmail();
    expect(await ask(jane, email)).toMatchObject({ status: 202, body: '' });
    const [mail, ...more] = await rig.delivered();
    expect(more).toEqual([]);
    expect(mail && told([mail])).toEqual([`${email}: ${TO_CONFIRM}`]);
    // Whose letter box it is is not known yet.
    expect(mail?.raw).not.toContain('Jane');
    expect(mail?.raw).not.toContain(jane.email);
    expect([await opens(email), await opens(jane.email)]).toEqual([401, 200]);
    expect(await confirm((mail && tokenIn(mail)) ?? '')).toMatchObject({ status: 204, body: '' });
    expect([await opens(email), await opens(jane.email)]).toEqual([200, 401]);
    const [notice, ...others] = await rig.delivered();
    expect(others).toEqual([]);
    expect(notice && told([notice])).toEqual([`${jane.email}: ${IS_CHANGED}`]);
    expect(notice?.email.text).toContain(`was changed to ${email}.`);
    expect(notice?.email.text).toContain('tell VALClean at once');
    const me = await server.call('GET', '/api/auth/me/', { token: jane.token });
    expect(me.body).toMatchObject({ email, version: 2 });
  });

  test('mails go to the new one from then on, also those that wait', async () => {
    const jane = await server.person('customer');
    const email = newEmail();
    await ask(jane, email);
    const token = await linkTo(email);
    // Asked for, and not on its way yet.
    await post('/api/auth/password/forgot/', { email: jane.email });
    expect((await confirm(token)).status).toBe(204);
    expect(told(await rig.delivered())).toEqual([
      `${email}: VALClean: set a new password`,
      `${jane.email}: ${IS_CHANGED}`,
    ]);
  });

  test('ends all sessions but the one that asked, and links to set the password', async () => {
    const { email: former } = await server.person('customer');
    const [here, elsewhere] = [await signIn(former), await signIn(former)];
    await post('/api/auth/password/forgot/', { email: former });
    const [forgotten] = await rig.delivered();
    const email = newEmail();
    await ask(here, email);
    expect((await confirm(await linkTo(email))).status).toBe(204);
    expectCode(await refresh(elsewhere.refresh), 401, 'invalid_refresh_token');
    expect((await refresh(here.refresh)).status).toBe(200);
    const token = forgotten && tokenIn(forgotten, 'set-password');
    expect(token).toBeTruthy();
    expectCode(await post('/api/auth/password/set/', { token, password: NEW_PASSWORD }), 422, 'invalid_link');
  });

  test('wants the password, ten times within 15 minutes; guesses sent at once count each', async () => {
    const jane = await server.person('customer');
    const email = newEmail();
    const guesses = await Promise.all(Array.from({ length: 30 }, () => ask(jane, email, 'not this one')));
    const tried = guesses.filter(({ body }) => body.code === 'wrong_password').length;
    // As many as are compared at the same time may not know of each other.
    expect(tried).toBeGreaterThanOrEqual(10);
    expect(tried).toBeLessThan(10 + 4);
    expect(guesses.filter(({ body }) => body.code === 'too_many_attempts')).toHaveLength(30 - tried);
    const refused = await ask(jane, email);
    expectCode(refused, 429, 'too_many_attempts');
    expect(Number(refused.headers.get('retry-after'))).toBe((15 * MINUTE) / SECOND);
    expect(await rig.delivered()).toEqual([]);
  });

  test('the answer is the same whether somebody has the address; their letter box is told', async () => {
    const [jane, other, gone] = [
      await server.person('customer', { name: 'Jane Doe' }),
      await server.person('staff', { name: 'Sarah Miller' }),
      await server.person('staff'),
    ];
    await change(gone.id, { is_active: false });
    const free = newEmail();
    const answers = [];
    for (const email of [free, other.email.toUpperCase(), gone.email]) answers.push(await ask(jane, email));
    const said = answers.map(({ status, body, headers }) => ({ status, body, fields: [...headers.keys()] }));
    expect(new Set(said.map((answer) => JSON.stringify(answer))).size).toBe(1);
    // The last request alone is open.
    const [mail, ...more] = await rig.delivered();
    expect(more).toEqual([]);
    expect(mail && told([mail])).toEqual([`${gone.email}: ${HAS_ACCOUNT}`]);
    server.clock.advance(HOUR);
    const again = await signIn(jane.email);
    await ask(again, other.email);
    const [second] = await rig.delivered();
    expect(second && told([second])).toEqual([`${other.email}: ${HAS_ACCOUNT}`]);
    expect(second?.email.text).not.toMatch(/http|#|Jane|Sarah/);
    expect(second?.email.html).not.toMatch(/href|Jane|Sarah/);
  });

  test('taken by somebody else before it is confirmed: the link says no more than that it is spent', async () => {
    const jane = await server.person('customer');
    const email = newEmail();
    await ask(jane, email);
    const token = await linkTo(email);
    await post('/api/auth/register/', { email: email.toUpperCase(), password: PASSWORD, name: 'Tom Reed' });
    const refused = await confirm(token);
    expectCode(refused, 422, 'invalid_link');
    const unknown = await confirm('x'.repeat(43));
    expect({ ...refused.body, request_id: null }).toEqual({ ...unknown.body, request_id: null });
    expect(told(await rig.delivered())).toEqual([`${email}: ${HAS_ACCOUNT}`]);
    expectCode(await confirm(token), 422, 'invalid_link');
    expect(await rig.delivered()).toEqual([]);
    expect(await opens(jane.email)).toBe(200);
  });

  test('two who want the same: the first to confirm has it', async () => {
    const [one, two] = [await server.person('customer'), await server.person('customer')];
    const email = newEmail();
    for (const person of [one, two]) await ask(person, email);
    const tokens = (await rig.delivered()).map((mail) => tokenIn(mail) ?? '');
    const answers = await Promise.all(tokens.map((token) => confirm(token)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 422]);
    expect(await opens(email)).toBe(200);
    expect([await opens(one.email), await opens(two.email)].toSorted()).toEqual([200, 401]);
  });

  test('a newer request replaces an older', async () => {
    const jane = await server.person('customer');
    const [first, second] = [newEmail(), newEmail()];
    await ask(jane, first);
    const old = await linkTo(first);
    await ask(jane, second);
    const token = await linkTo(second);
    expectCode(await confirm(old), 422, 'invalid_link');
    expect((await confirm(token)).status).toBe(204);
  });

  test('replaced before it is on its way, it is not sent at all', async () => {
    const jane = await server.person('customer');
    const [first, second] = [newEmail(), newEmail()];
    for (const email of [first, second]) await ask(jane, email);
    expect(told(await rig.delivered())).toEqual([`${second}: ${TO_CONFIRM}`]);
  });

  test('the link is used once, also by two at the same moment, and lasts a day', async () => {
    const jane = await server.person('customer');
    const email = newEmail();
    await ask(jane, email);
    const token = await linkTo(email);
    const both = await Promise.all([confirm(token), confirm(token)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([204, 422]);
    const tom = await server.person('customer');
    const late = newEmail();
    await ask(tom, late);
    const old = await linkTo(late);
    server.clock.advance(DAY);
    expectCode(await confirm(old), 422, 'invalid_link');
  });

  test.each([
    ['a new password', (jane: Person) => change(jane.id, { password: NEW_PASSWORD })],
    ['deactivation', (jane: Person) => change(jane.id, { is_active: false })],
    ['an address that the office gives', (jane: Person) => change(jane.id, { email: newEmail() })],
    [
      'one’s own new password',
      (jane: Person) =>
        server.call('PATCH', '/api/auth/me/', {
          token: jane.token,
          body: { new_password: NEW_PASSWORD, current_password: PASSWORD },
        }),
    ],
  ])('%s ends the link', async (_what, end) => {
    const jane = await server.person('customer');
    const email = newEmail();
    await ask(jane, email);
    const token = await linkTo(email);
    expect((await end(jane)).status).toBe(200);
    await change(jane.id, { is_active: true });
    expectCode(await confirm(token), 422, 'invalid_link');
    expect(await opens(email)).toBe(401);
  });

  test('a password that is set by a link ends it, too', async () => {
    const jane = await server.person('customer');
    const email = newEmail();
    await ask(jane, email);
    const token = await linkTo(email);
    await post('/api/auth/password/forgot/', { email: jane.email });
    const [forgotten] = await rig.delivered();
    const body = { token: forgotten && tokenIn(forgotten, 'set-password'), password: NEW_PASSWORD };
    expect((await post('/api/auth/password/set/', body)).status).toBe(200);
    expectCode(await confirm(token), 422, 'invalid_link');
  });

  test('people may ask three times an hour', async () => {
    const jane = await server.person('customer');
    for (let at = 0; at < 3; at++) expect((await ask(jane, newEmail())).status).toBe(202);
    const refused = await ask(jane, newEmail());
    expectCode(refused, 429, 'too_many_mails');
    expect(Number(refused.headers.get('retry-after'))).toBe(HOUR / SECOND);
  });

  test('an address gets three of these mails an hour, whoever asks, and nobody learns of it', async () => {
    const email = newEmail();
    for (let at = 0; at < 5; at++) expect((await ask(await server.person('customer'), email)).status).toBe(202);
    expect(await rig.delivered()).toHaveLength(3);
    server.clock.advance(HOUR);
    await ask(await server.person('customer'), email);
    expect(await rig.delivered()).toHaveLength(1);
  });

  test('an IP address asks 20 times within 15 minutes, for whomever', async () => {
    const from = '203.0.113.9';
    for (let at = 0; at < 20; at++) {
      expect((await ask(await server.person('customer'), newEmail(), PASSWORD, from)).status).toBe(202);
    }
    expectCode(await ask(await server.person('customer'), newEmail(), PASSWORD, from), 429, 'too_many_attempts');
  });

  test('who guesses links gets 50 tries from an address', async () => {
    const from = '203.0.113.77';
    for (let guess = 0; guess < 50; guess++) expectCode(await confirm(`guess-${guess}`, from), 422, 'invalid_link');
    expectCode(await confirm('guess', from), 429, 'too_many_attempts');
  });

  test('the own address is refused, in another case it is taken', async () => {
    const jane = await server.person('customer');
    expectCode(await ask(jane, jane.email), 422, 'same_email');
    const nicer = jane.email.replace('person', 'Person');
    await ask(jane, nicer);
    expect((await confirm(await linkTo(nicer))).status).toBe(204);
    const me = await server.call('GET', '/api/auth/me/', { token: jane.token });
    expect(me.body.email).toBe(nicer);
    // It is the same letter box.
    expect(await rig.delivered()).toEqual([]);
  });

  test.each([
    'jane',
    'jane@example.com\r\nBcc: all@example.com',
    'Jane <jane@example.com>',
    'jane@example.com, tom@example.com',
    'jаne@example.com',
    'jane@exаmple.com',
    `${'x'.repeat(250)}@example.com`,
  ])('%j is no address', async (email) => {
    expectCode(await ask(await server.person('customer'), email), 422, 'invalid_request');
  });

  test('its token is in no table: there is the hash, as long as it may be needed', async () => {
    const jane = await server.person('customer');
    const email = newEmail();
    await ask(jane, email);
    const token = await linkTo(email);
    const { db } = server.context.database;
    expect(await tablesHolding(db, token)).toEqual([]);
    expect(await tablesHolding(db, hashOfToken(token).toString('hex'))).toEqual(['email_links']);
    server.clock.advance(SECOND);
    await deleteOldEmailChanges(db, server.clock.now());
    expect(await tablesHolding(db, hashOfToken(token).toString('hex'))).toEqual([]);
  });

  test('the mails are in the language of who asks', async () => {
    const jane = await server.person('customer');
    await server.call('PATCH', '/api/auth/me/', { token: jane.token, body: { language: 'de' } });
    const email = newEmail();
    await ask(jane, email);
    const [mail] = await rig.delivered();
    expect(mail?.email.subject).toBe('VALClean: E-Mail-Adresse bestätigen');
    expect(mail?.email.text).toMatch(/^Guten Tag,$/m);
    await confirm((mail && tokenIn(mail)) ?? '');
    const [notice] = await rig.delivered();
    expect(notice?.email.subject).toBe('VALClean: Ihre E-Mail-Adresse wurde geändert');
  });
});

describe('an address that an administrator gives', () => {
  const invite = async (): Promise<{ id: number; email: string }> => {
    const body = { email: newEmail(), name: 'Nora Quinn', role: 'staff' };
    return (await server.call('POST', '/api/users/', { token: admin.token, body })).body;
  };

  test('to who is invited: the link to the wrong one ends, the next goes to the right one', async () => {
    const nora = await invite();
    const [invitation] = await rig.delivered();
    const token = invitation && tokenIn(invitation, 'set-password');
    const email = newEmail();
    expect((await change(nora.id, { email })).body).toMatchObject({ email, is_invited: true });
    expectCode(await post('/api/auth/password/set/', { token, password: NEW_PASSWORD }), 422, 'invalid_link');
    expect(await rig.delivered()).toEqual([]);
    await server.call('POST', `/api/users/${nora.id}/invite/`, { token: admin.token });
    const [again] = await rig.delivered();
    expect(again && told([again])).toEqual([`${email}: VALClean: your account is ready`]);
    const body = { token: again && tokenIn(again, 'set-password'), password: NEW_PASSWORD };
    expect((await post('/api/auth/password/set/', body)).status).toBe(200);
    expect(await opens(email, NEW_PASSWORD)).toBe(200);
  });

  test('a letter that is being written to the wrong one meanwhile gets no link', async () => {
    const nora = await invite();
    const { database } = server.context;
    const link = { userId: nora.id, hash: hashOfToken('of that letter'), expiresAt: new Date('2100-01-01') };
    const now = server.clock.now();
    // Outside the transaction: on PostgreSQL it waits for its end, on the embedded database for its turn.
    const write = AsyncResource.bind(() => insertPasswordLink(database.db, { ...link, email: nora.email }, now));
    let writing: Promise<boolean> | undefined;
    await database.transaction(async (tx) => {
      const user = await lockUser(tx, nora.id);
      if (user === null) throw new Error('nobody is there');
      await updateUser(tx, user, { email: newEmail() }, now);
      writing = write();
    });
    expect(await writing).toBe(false);
  });

  test('an invitation that waits goes to it', async () => {
    const nora = await invite();
    const email = newEmail();
    await change(nora.id, { email });
    expect(told(await rig.delivered())).toEqual([`${email}: VALClean: your account is ready`]);
  });

  test('to who has an account in use: both are told, sessions and links end', async () => {
    const tom = await server.person('staff', { name: 'Tom Reed' });
    const { refresh: session } = await signIn(tom.email);
    await post('/api/auth/password/forgot/', { email: tom.email });
    const [forgotten] = await rig.delivered();
    const email = newEmail();
    expect((await change(tom.id, { email })).body).toMatchObject({ email, version: 2 });
    const arrived = await rig.delivered();
    expect(told(arrived)).toEqual([`${email}: ${IS_ASSIGNED}`, `${tom.email}: ${IS_CHANGED}`].toSorted());
    expectCode(await refresh(session), 401, 'invalid_refresh_token');
    const body = { token: forgotten && tokenIn(forgotten, 'set-password'), password: NEW_PASSWORD };
    expectCode(await post('/api/auth/password/set/', body), 422, 'invalid_link');
    expect([await opens(email), await opens(tom.email)]).toEqual([200, 401]);
  });

  test('is refused when somebody has it, in whatever case, and nothing is changed', async () => {
    const [tom, other] = [await server.person('staff'), await server.person('staff')];
    const refused = await change(tom.id, { email: other.email.toUpperCase(), name: 'Another Name' });
    expectCode(refused, 409, 'email_taken');
    expect(refused.body.errors[0].field).toBe('email');
    const seen = await server.call('GET', `/api/users/${tom.id}/`, { token: admin.token });
    expect(seen.body).toMatchObject({ email: tom.email, version: 1 });
    expect(await rig.delivered()).toEqual([]);
  });

  test('two at once: one has it', async () => {
    const [one, two] = [await server.person('staff'), await server.person('staff')];
    const email = newEmail();
    const answers = await Promise.all([change(one.id, { email }), change(two.id, { email })]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  test('not to themselves: that wants their password', async () => {
    expectCode(await change(admin.id, { email: newEmail() }), 422, 'own_email');
    expect((await change(admin.id, { email: admin.email, name: 'Ada Byron' })).status).toBe(200);
    const other = await server.person('admin');
    expect((await change(admin.id, { email: newEmail() }, other)).status).toBe(200);
  });

  test('the same, or in another case, disturbs nobody', async () => {
    const tom = await server.person('staff');
    const { refresh: session } = await signIn(tom.email);
    expect((await change(tom.id, { email: tom.email })).body.version).toBe(1);
    expect((await change(tom.id, { email: tom.email.toUpperCase() })).body.version).toBe(2);
    expect(await rig.delivered()).toEqual([]);
    expect((await refresh(session)).status).toBe(200);
  });
});
