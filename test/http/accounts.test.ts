import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY, MINUTE, SECOND } from '../../src/base/time.ts';
import { sql } from '../../src/db/sql.ts';
import { ensureBootstrapAdmin } from '../../src/use-cases/accounts/ensure-bootstrap-admin.ts';
import {
  PASSWORD,
  START_LIMIT_MS,
  startTestServer,
  type ApiAnswer,
  type Person,
  type TestServer,
} from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
}, START_LIMIT_MS);
afterAll(() => server.close(), START_LIMIT_MS);

let registered = 0;
async function register(more: object = {}): Promise<ApiAnswer> {
  registered += 1;
  const body = { email: `reg-${registered}@example.com`, password: 'a long password', name: 'Jane Doe', ...more };
  return server.call('POST', '/api/auth/register/', { body });
}

/** Each from an address of its own, so that the tests don't exhaust each other's. */
let addresses = 0;
function logIn(email: string, password: string, address?: string): Promise<ApiAnswer> {
  addresses += 1;
  const headers = { 'x-forwarded-for': address ?? `198.51.${Math.floor(addresses / 250)}.${addresses % 250}` };
  return server.call('POST', '/api/auth/login/', { body: { email, password }, headers });
}

const refresh = (token: string): Promise<ApiAnswer> =>
  server.call('POST', '/api/auth/refresh/', { body: { refresh_token: token } });

function expectCode(answer: ApiAnswer, status: number, code: string): void {
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
}

describe('registering', () => {
  test('makes a customer who is signed in', async () => {
    const answer = await register({ phone: '07700 900123', time_zone: 'Europe/London' });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ token_type: 'Bearer', expires_in: 900 });
    const me = await server.call('GET', '/api/auth/me/', { token: answer.body.access_token });
    expect(me.body).toEqual({
      id: answer.body.user.id,
      email: `reg-${registered}@example.com`,
      name: 'Jane Doe',
      phone: '07700 900123',
      role: 'customer',
      time_zone: 'Europe/London',
      language: null,
      manager_id: null,
      calendar_sync_enabled: true,
      version: 1,
    });
    expect(me.body).toEqual(answer.body.user);
  });

  test('keeps the language of the page', async () => {
    expect((await register({ language: 'de' })).body.user.language).toBe('de');
    expectCode(await register({ language: 'tlh' }), 422, 'invalid_request');
  });

  test('nobody chooses a role', async () => {
    expectCode(await register({ role: 'admin' }), 422, 'invalid_request');
    expectCode(await register({ is_active: true }), 422, 'invalid_request');
  });

  test('an address is taken in whatever case', async () => {
    await register({ email: 'Taken@example.com' });
    expectCode(await register({ email: 'tAKEN@example.com' }), 409, 'email_taken');
  });

  test('two at once: one account', async () => {
    const both = await Promise.all([register({ email: 'race@example.com' }), register({ email: 'race@example.com' })]);
    expect(both.map((answer) => answer.status).toSorted()).toEqual([201, 409]);
  });

  test.each([
    [{ time_zone: 'Mars/Olympus' }, 'unknown_time_zone'],
    [{ time_zone: 'europe/london' }, 'unknown_time_zone'],
    [{ password: 'too short' }, 'invalid_request'],
    [{ password: 'x'.repeat(201) }, 'invalid_request'],
    [{ email: 'jane' }, 'invalid_request'],
    [{ name: '   ' }, 'invalid_request'],
    [{ name: 'Jane\r\nBcc: all@example.com' }, 'invalid_request'],
    [{ name: 'x'.repeat(201) }, 'invalid_request'],
  ])('refuses %o', async (more, code) => expectCode(await register(more), 422, code));

  test('takes a password of 10 and of 200 characters, in any script', async () => {
    for (const password of ['ten chars!', 'x'.repeat(200), 'пароль из букв', '🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑']) {
      const made = await register({ password });
      expect((await logIn(made.body.user.email, password)).status).toBe(200);
    }
  });

  test('the same password in another Unicode form opens too', async () => {
    const made = await register({ password: 'caf\u00e9 caf\u00e9 caf\u00e9' });
    expect((await logIn(made.body.user.email, 'cafe\u0301 cafe\u0301 cafe\u0301')).status).toBe(200);
  });
});

describe('signing in', () => {
  test('works in whatever case the address is written', async () => {
    const person = await server.person('staff');
    const answer = await logIn(person.email.toUpperCase(), PASSWORD);
    expect(answer.status).toBe(200);
    expect(answer.body.user).toMatchObject({ id: person.id, role: 'staff' });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('notes the language of the page, and does not get in the way of whoever edits the account', async () => {
    const { email } = await server.person('staff');
    const body = { email, password: PASSWORD, language: 'de' };
    const { user } = (await server.call('POST', '/api/auth/login/', { body })).body;
    expect(user).toMatchObject({ language: 'de', version: 1 });
  });

  test('says the same for a wrong password and an unknown address', async () => {
    const person = await server.person('customer');
    const [wrong, unknown] = [await logIn(person.email, 'wrong password'), await logIn('no@example.com', PASSWORD)];
    expectCode(wrong, 401, 'invalid_credentials');
    expect({ ...unknown.body, request_id: null }).toEqual({ ...wrong.body, request_id: null });
    expect(wrong.headers.get('www-authenticate')).toBe('Bearer');
  });

  test('10 failures of an account, then 429 until the first is 15 minutes old; only failures count', async () => {
    const person = await server.person('customer');
    for (let failure = 0; failure < 10; failure++) {
      expectCode(await logIn(person.email, 'wrong password'), 401, 'invalid_credentials');
      if (failure < 9) expect((await logIn(person.email, PASSWORD)).status).toBe(200);
      server.clock.advance(MINUTE);
    }
    const refused = await logIn(person.email, PASSWORD);
    expectCode(refused, 429, 'too_many_attempts');
    expect(Number(refused.headers.get('retry-after'))).toBe(5 * 60);
    expectCode(await logIn(person.email.toUpperCase(), PASSWORD), 429, 'too_many_attempts');
    server.clock.advance(5 * MINUTE - SECOND);
    expectCode(await logIn(person.email, PASSWORD), 429, 'too_many_attempts');
    server.clock.advance(2 * SECOND);
    expect((await logIn(person.email, PASSWORD)).status).toBe(200);
  });

  test('an unknown account is limited alike', async () => {
    for (let failure = 0; failure < 10; failure++) await logIn('ghost@example.com', 'wrong password');
    expectCode(await logIn('ghost@example.com', 'wrong password'), 429, 'too_many_attempts');
  });

  test('50 failures from an address, then 429 for every account', async () => {
    const person = await server.person('customer');
    const from = '203.0.113.50';
    for (let failure = 0; failure < 50; failure++) {
      expectCode(await logIn(`someone-${failure}@example.com`, 'wrong password', from), 401, 'invalid_credentials');
    }
    expectCode(await logIn(person.email, PASSWORD, from), 429, 'too_many_attempts');
    expect((await logIn(person.email, PASSWORD)).status).toBe(200);
  });

  test('IPv6 addresses of one network count together', async () => {
    for (let failure = 0; failure < 50; failure++) {
      await logIn(`v6-${failure}@example.com`, 'wrong password', `2001:db8:1:2::${failure.toString(16)}`);
    }
    expectCode(await logIn('v6@example.com', 'wrong password', '2001:db8:1:2:ffff::1'), 429, 'too_many_attempts');
    expectCode(await logIn('v6@example.com', 'wrong password', '2001:db8:1:3::1'), 401, 'invalid_credentials');
  });

  test('of many guesses sent at once no more are tried than allowed, by much', async () => {
    const person = await server.person('customer');
    const guesses = Array.from({ length: 60 }, () => logIn(person.email, 'wrong password'));
    const statuses = (await Promise.all(guesses)).map((answer) => answer.status);
    const tried = statuses.filter((status) => status === 401).length;
    // As many as are hashed at the same time may have begun before the tenth was recorded.
    expect(tried).toBeLessThan(10 + 4);
    expect(tried).toBeGreaterThanOrEqual(10);
  });
});

describe('sessions', () => {
  test('a refresh token gives the next one, and is spent', async () => {
    const { body: first } = await register();
    const second = await refresh(first.refresh_token);
    expect(second.status).toBe(200);
    expect(second.body.user).toEqual(first.user);
    expect(second.body.refresh_token).not.toBe(first.refresh_token);
    expect((await refresh(second.body.refresh_token)).status).toBe(200);
  });

  test('the reuse of a spent one ends the whole family, and no other', async () => {
    const { body: stolen } = await register();
    const { body: other } = await logIn(stolen.user.email, 'a long password');
    const { body: second } = await refresh(stolen.refresh_token);
    const { body: third } = await refresh(second.refresh_token);
    expectCode(await refresh(stolen.refresh_token), 401, 'refresh_token_reused');
    expectCode(await refresh(third.refresh_token), 401, 'invalid_refresh_token');
    expect((await refresh(other.refresh_token)).status).toBe(200);
  });

  test('of many at once one wins, and the family ends', async () => {
    const { body: session } = await register();
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(session.refresh_token)));
    const won = answers.filter((answer) => answer.status === 200);
    expect(won).toHaveLength(1);
    expectCode(await refresh(won[0]?.body.refresh_token), 401, 'invalid_refresh_token');
  });

  test('signing out ends the session; so does time', async () => {
    const { body: one } = await register();
    const out = await server.call('POST', '/api/auth/logout/', { body: { refresh_token: one.refresh_token } });
    expect(out).toMatchObject({ status: 204, body: '' });
    expectCode(await refresh(one.refresh_token), 401, 'invalid_refresh_token');
    const { body: two } = await register();
    server.clock.advance(30 * DAY);
    expectCode(await refresh(two.refresh_token), 401, 'invalid_refresh_token');
    expectCode(await refresh('never-was-one'), 401, 'invalid_refresh_token');
    const unknown = await server.call('POST', '/api/auth/logout/', { body: { refresh_token: 'never-was-one' } });
    expect(unknown.status).toBe(204);
  });

  test('an access token lasts 15 minutes', async () => {
    const { token } = await server.person('customer');
    server.clock.advance(15 * MINUTE - SECOND);
    expect((await server.call('GET', '/api/auth/me/', { token })).status).toBe(200);
    server.clock.advance(2 * SECOND);
    const late = await server.call('GET', '/api/auth/me/', { token });
    expectCode(late, 401, 'invalid_token');
    expect(late.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
  });

  test('other people’s tokens, changed ones and those without a signature prove nothing', async () => {
    const { token } = await server.person('admin');
    const [head = '', claims = '', signature = ''] = token.split('.');
    const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const forged = encode({ ...JSON.parse(Buffer.from(claims, 'base64url').toString()), sub: '1' });
    const unsigned = `${encode({ alg: 'none', typ: 'JWT' })}.${claims}.`;
    for (const bad of [`${head}.${forged}.${signature}`, unsigned, `${head}.${claims}.`, 'x', `${token}x`]) {
      expectCode(await server.call('GET', '/api/auth/me/', { token: bad }), 401, 'invalid_token');
    }
    for (const authorization of ['', 'Bearer', `Basic ${token}`, token, `Bearer ${token} ${token}`]) {
      expect((await server.call('GET', '/api/auth/me/', { headers: { authorization } })).status).toBe(401);
    }
    expectCode(await server.call('GET', '/api/auth/me/'), 401, 'not_signed_in');
  });
});

describe('one’s own account', () => {
  const change = (person: { token: string }, body: object, headers = {}): Promise<ApiAnswer> =>
    server.call('PATCH', '/api/auth/me/', { token: person.token, body, headers });

  test('name, phone and time zone can be changed', async () => {
    const person = await server.person('customer');
    const answer = await change(person, { name: '  New Name ', phone: '112', time_zone: 'Asia/Kolkata' });
    expect(answer.body).toMatchObject({ name: 'New Name', phone: '112', time_zone: 'Asia/Kolkata', version: 2 });
    expect((await change(person, { phone: null })).body).toMatchObject({ name: 'New Name', phone: null, version: 3 });
    expectCode(await change(person, { time_zone: 'Nowhere' }), 422, 'unknown_time_zone');
  });

  test.each(['role', 'manager_id', 'is_active', 'email', 'id', 'calendar_sync_enabled'])('%s can’t', async (field) => {
    expectCode(await change(await server.person('customer'), { [field]: 1 }), 422, 'invalid_request');
  });

  test('a stale version is refused, by body and by header', async () => {
    const person = await server.person('customer');
    await change(person, { name: 'One', version: 1 });
    expectCode(await change(person, { name: 'Two', version: 1 }), 409, 'version_conflict');
    expectCode(await change(person, { name: 'Two' }, { 'if-match': '"1"' }), 409, 'version_conflict');
    expect((await change(person, { name: 'Two' }, { 'if-match': '"2"' })).body).toMatchObject({ version: 3 });
    expectCode(await change(person, { name: 'X', version: 3 }, { 'if-match': '"2"' }), 422, 'invalid_request');
    expectCode(await change(person, { name: 'X' }, { 'if-match': 'abc' }), 422, 'invalid_request');
  });

  test('of two edits of the same version one wins', async () => {
    const person = await server.person('customer');
    const both = await Promise.all([
      change(person, { name: 'A', version: 1 }),
      change(person, { name: 'B', version: 1 }),
    ]);
    expect(both.map((answer) => answer.status).toSorted()).toEqual([200, 409]);
  });

  test('a new password needs the old one, and ends the other sessions', async () => {
    const { body: here } = await register();
    const { body: elsewhere } = await logIn(here.user.email, 'a long password');
    const person = { token: here.access_token };
    expectCode(await change(person, { new_password: 'another password' }), 422, 'wrong_password');
    const wrong = { new_password: 'another password', current_password: 'not it at all' };
    expectCode(await change(person, wrong), 422, 'wrong_password');
    const right = { new_password: 'another password', current_password: 'a long password' };
    expect((await change(person, right)).status).toBe(200);
    expectCode(await refresh(elsewhere.refresh_token), 401, 'invalid_refresh_token');
    expect((await refresh(here.refresh_token)).status).toBe(200);
    expectCode(await logIn(here.user.email, 'a long password'), 401, 'invalid_credentials');
    expect((await logIn(here.user.email, 'another password')).status).toBe(200);
  });

  test('guessing the old one is limited', async () => {
    const person = await server.person('customer');
    const guess = { new_password: 'another password', current_password: 'not it at all' };
    for (let failure = 0; failure < 10; failure++) expectCode(await change(person, guess), 422, 'wrong_password');
    expectCode(await change(person, { ...guess, current_password: PASSWORD }), 429, 'too_many_attempts');
  });
});

describe('people', () => {
  let admin: Person;
  let manager: Person;
  beforeAll(async () => {
    server.clock.advance(20 * MINUTE);
    [admin, manager] = [await server.person('admin'), await server.person('manager')];
  });

  let made = 0;
  const create = (more: object = {}, headers = {}): Promise<ApiAnswer> => {
    made += 1;
    const body = {
      email: `made-${made}@example.com`,
      password: PASSWORD,
      name: 'Sarah Miller',
      role: 'staff',
      ...more,
    };
    return server.call('POST', '/api/users/', { token: admin.token, body, headers });
  };
  const patch = (id: number, body: object): Promise<ApiAnswer> =>
    server.call('PATCH', `/api/users/${id}/`, { token: admin.token, body });

  test('an administrator makes accounts of any role', async () => {
    const staff = await create({ manager_id: manager.id });
    expect(staff.status).toBe(201);
    expect(staff.body).toMatchObject({
      role: 'staff',
      manager_id: manager.id,
      is_active: true,
      time_zone: 'Europe/London',
    });
    expect(JSON.stringify(staff.body)).not.toContain('password');
    expect((await logIn(staff.body.email, PASSWORD)).status).toBe(200);
    for (const role of ['customer', 'manager', 'admin']) expect((await create({ role })).body.role).toBe(role);
    expectCode(await create({ email: staff.body.email }), 409, 'email_taken');
    expectCode(await create({ role: 'owner' }), 422, 'invalid_request');
  });

  test('only an active manager can be a manager, and only of staff', async () => {
    const staff = await server.person('staff');
    expectCode(await create({ manager_id: staff.id }), 422, 'invalid_manager');
    expectCode(await create({ manager_id: admin.id }), 422, 'invalid_manager');
    expectCode(await create({ manager_id: 999_999 }), 422, 'invalid_manager');
    expectCode(await create({ role: 'customer', manager_id: manager.id }), 422, 'invalid_manager');
    expectCode(await patch(staff.id, { manager_id: staff.id }), 422, 'invalid_manager');
    expectCode(await patch(manager.id, { manager_id: manager.id }), 422, 'invalid_manager');
    const gone = await server.person('manager');
    await patch(gone.id, { is_active: false });
    expectCode(await patch(staff.id, { manager_id: gone.id }), 422, 'invalid_manager');
  });

  test('a manager sees their own staff and all customers, and changes nobody', async () => {
    const [other, customer] = [await server.person('manager'), await server.person('customer', { name: 'Zoe Zebra' })];
    const [own, foreign] = [
      await server.person('staff', { managerId: manager.id }),
      await server.person('staff', { managerId: other.id }),
    ];
    const see = (path: string): Promise<ApiAnswer> => server.call('GET', path, { token: manager.token });
    const team = (await see('/api/users/?limit=200')).body.items;
    expect(team.map((user: Person) => user.id)).toContain(own.id);
    expect(team.every((user: { manager_id: number }) => user.manager_id === manager.id)).toBe(true);
    const customers = (await see('/api/users/?role=customer&search=zeb')).body.items;
    expect(customers.map((user: Person) => user.id)).toEqual([customer.id]);
    expect((await see('/api/users/?role=admin')).body.items).toEqual([]);
    expect((await see('/api/users/?role=manager')).body.items).toEqual([]);
    expect((await see(`/api/users/${own.id}/`)).body.id).toBe(own.id);
    expect((await see(`/api/users/${customer.id}/`)).body.id).toBe(customer.id);
    for (const hidden of [foreign, other, admin]) expectCode(await see(`/api/users/${hidden.id}/`), 404, 'not_found');
    const edit = await server.call('PATCH', `/api/users/${own.id}/`, { token: manager.token, body: { name: 'X' } });
    expectCode(edit, 403, 'forbidden');
  });

  test('lists are cut into pages that miss nobody', async () => {
    const all = (await server.call('GET', '/api/users/?limit=200', { token: admin.token })).body.items;
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const { body } = await server.call('GET', `/api/users/?limit=7${query}`, { token: admin.token });
      expect(body.items.length).toBeLessThanOrEqual(7);
      seen.push(...body.items.map((user: Person) => user.id));
      cursor = body.next_cursor;
    } while (cursor !== null);
    expect(seen).toEqual(all.map((user: Person) => user.id));
  });

  test('search takes percent signs and underscores as they are', async () => {
    const percent = await server.person('customer', { name: '100% Clean_Home' });
    const find = async (text: string): Promise<number[]> => {
      const path = `/api/users/?search=${encodeURIComponent(text)}`;
      const { body } = await server.call('GET', path, { token: admin.token });
      return body.items.map((user: Person) => user.id);
    };
    expect(await find('0% clean_')).toEqual([percent.id]);
    expect(await find('%_%')).toEqual([]);
    expect(await find(String.raw`\%`)).toEqual([]);
  });

  test('a role counts from the next request on', async () => {
    const person = await server.person('staff');
    expectCode(await server.call('GET', '/api/users/', { token: person.token }), 403, 'forbidden');
    await patch(person.id, { role: 'admin' });
    expect((await server.call('GET', '/api/users/', { token: person.token })).status).toBe(200);
    await patch(person.id, { role: 'customer' });
    expectCode(await server.call('GET', '/api/users/', { token: person.token }), 403, 'forbidden');
  });

  test('a deactivated person is out at once, in every way', async () => {
    const { body: session } = await register();
    const { user, access_token: token, refresh_token: refreshToken } = session;
    expect((await patch(user.id, { is_active: false })).body).toMatchObject({ is_active: false, version: 2 });
    expectCode(await server.call('GET', '/api/auth/me/', { token }), 401, 'invalid_token');
    expectCode(await refresh(refreshToken), 401, 'invalid_refresh_token');
    expectCode(await logIn(user.email, 'a long password'), 401, 'account_deactivated');
    expectCode(await logIn(user.email, 'wrong password'), 401, 'invalid_credentials');
    await patch(user.id, { is_active: true });
    expect((await logIn(user.email, 'a long password')).status).toBe(200);
  });

  test('their calendars are disconnected, and their events taken off', async () => {
    const person = await server.person('staff');
    const { rows } = await sql<{ id: number }>`
      insert into connections (user_id, provider, account_id, account_email, calendar_kind, status, created_at, updated_at)
      values (${person.id}, 'google', 'sub-1', 'x@example.com', 'primary', 'active', now(), now()) returning id`.execute(
      server.context.database.db,
    );
    await patch(person.id, { is_active: false });
    const after =
      await sql`select status, remove_events, disconnect_by from connections where id = ${rows[0]?.id}`.execute(
        server.context.database.db,
      );
    expect(after.rows).toEqual([
      { status: 'disconnecting', remove_events: true, disconnect_by: new Date(server.clock.now().getTime() + DAY) },
    ]);
  });

  test('who ceases to be a manager leaves their staff without one', async () => {
    const leaving = await server.person('manager');
    const staff = await server.person('staff', { managerId: leaving.id });
    await patch(leaving.id, { role: 'staff' });
    const { body } = await server.call('GET', `/api/users/${staff.id}/`, { token: admin.token });
    expect(body).toMatchObject({ manager_id: null, version: 2 });
  });

  test('who ceases to be staff has no manager', async () => {
    const staff = await server.person('staff', { managerId: manager.id });
    expect((await patch(staff.id, { role: 'manager' })).body).toMatchObject({ role: 'manager', manager_id: null });
    expectCode(await patch(staff.id, { role: 'customer', manager_id: manager.id }), 422, 'invalid_manager');
  });

  test('a stale version is refused, an empty change changes nothing', async () => {
    const person = await server.person('staff');
    expect((await patch(person.id, { name: 'A', version: 1 })).body.version).toBe(2);
    expectCode(await patch(person.id, { name: 'B', version: 1 }), 409, 'version_conflict');
    expect((await patch(person.id, {})).body.version).toBe(2);
    expect((await patch(person.id, { name: 'A' })).body.version).toBe(2);
  });

  test('an administrator’s new password ends every session of the person', async () => {
    const { body: session } = await register();
    expect((await patch(session.user.id, { password: 'given by the office' })).status).toBe(200);
    expectCode(await refresh(session.refresh_token), 401, 'invalid_refresh_token');
    expect((await logIn(session.user.email, 'given by the office')).status).toBe(200);
  });

  test.each(['abc', '0', '-1', '1.5', '9007199254740992', '99999999999999999999', '1e3', '0x1'])(
    'there is no person %s',
    async (id) => expectCode(await server.call('GET', `/api/users/${id}/`, { token: admin.token }), 404, 'not_found'),
  );

  test('an Idempotency-Key makes one account of two requests', async () => {
    const body = { email: 'once@example.com', password: PASSWORD, name: 'Once', role: 'staff' };
    const send = (more = {}): Promise<ApiAnswer> =>
      server.call('POST', '/api/users/', {
        token: admin.token,
        body: { ...body, ...more },
        headers: { 'idempotency-key': 'k-1' },
      });
    const [first, again] = [await send(), await send()];
    expect(first.status).toBe(201);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expectCode(await send({ password: 'another password' }), 422, 'idempotency_key_reused');
  });
});

describe('the last administrator', () => {
  test('can’t leave, also not two at once', async () => {
    await using alone = await startTestServer();
    const [one, two] = [await alone.person('admin'), await alone.person('admin')];
    const demote = (by: Person, id: number, body: object): Promise<ApiAnswer> =>
      alone.call('PATCH', `/api/users/${id}/`, { token: by.token, body });
    const both = await Promise.all([demote(one, one.id, { role: 'staff' }), demote(two, two.id, { is_active: false })]);
    expect(both.map((answer) => answer.status).toSorted()).toEqual([200, 409]);
    const left = both[0].status === 200 ? two : one;
    expectCode(await demote(left, left.id, { role: 'customer' }), 409, 'last_admin');
    expectCode(await demote(left, left.id, { is_active: false }), 409, 'last_admin');
    expect((await demote(left, left.id, { name: 'Still here' })).status).toBe(200);
  });
});

describe('the first administrator', () => {
  test('is made once, and nobody who registered first becomes one', async () => {
    await using fresh = await startTestServer();
    const admin = { email: 'admin@example.com', password: PASSWORD };
    await fresh.call('POST', '/api/auth/register/', { body: { ...admin, name: 'Mallory' } });
    expect(await ensureBootstrapAdmin(fresh.context, admin)).toBe('email_taken');
    const real = { email: 'real-admin@example.com', password: PASSWORD };
    const twice = await Promise.all([
      ensureBootstrapAdmin(fresh.context, real),
      ensureBootstrapAdmin(fresh.context, real),
    ]);
    expect(twice.toSorted()).toEqual(['created', 'there_is_one']);
    const { body } = await fresh.call('POST', '/api/auth/login/', { body: real });
    expect(body.user.role).toBe('admin');
  });
});
