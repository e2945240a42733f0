import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MINUTE } from '../../src/base/time.ts';
import { sql } from '../../src/db/sql.ts';
import { announceChanges, announceWritten } from '../../src/store/changes.ts';
import { insertConnection } from '../../src/store/connections.ts';
import { foundCompany, orderBody, type Company, type Job } from '../support/company.ts';
import { openStream, toldOf, type StreamReader } from '../support/event-stream.ts';
import { START_LIMIT_MS, startTestServer, type Json, type Person, type TestServer } from '../support/server.ts';

/** A machine that runs other tests beside these may stand still for a while. */
const PATIENT = { timeout: 20_000 };

let server: TestServer;
let company: Company;
const readers: StreamReader[] = [];
beforeAll(async () => {
  server = await startTestServer();
}, START_LIMIT_MS);
beforeEach(async () => {
  company = await foundCompany(server);
});
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close();
});
afterAll(() => server.close(), START_LIMIT_MS);

async function follow(person: Person, lastId?: string): Promise<StreamReader> {
  const reader = await openStream(server.origin, person.token, lastId);
  readers.push(reader);
  if (lastId === undefined) await reader.told('reset');
  return reader;
}

async function call(person: Person, method: string, path: string, body?: unknown): Promise<Json> {
  const answer = await server.call(method, path, { token: person.token, body });
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body;
}

const edit = (job: Job, body: object): Promise<Json> =>
  call(company.admin, 'PATCH', `/api/appointments/${job.appointmentId}/`, body);

/** Whatever could be told before it, has been, once this is. */
async function somethingElse(person: Person, reader: StreamReader): Promise<void> {
  const before = toldOf(reader.events).length;
  await call(person, 'PATCH', '/api/calendar/', { calendar_sync_enabled: false });
  await call(person, 'PATCH', '/api/calendar/', { calendar_sync_enabled: true });
  await expect.poll(() => toldOf(reader.events).slice(before), PATIENT).toContain('connection *');
}

test('it is an event stream that nobody keeps, squeezes or holds up', async () => {
  const reader = await follow(company.own.customer);
  expect(reader.status).toBe(200);
  expect(Object.fromEntries(reader.headers)).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  expect(reader.headers.get('content-encoding')).toBeNull();
  expect(reader.text()).toMatch(/^retry: 2000\n\nevent: reset\ndata: \{\}\n\nid: [0-9a-f]+-\d+\n\n$/);
  const head = await server.call('HEAD', '/api/calendar/stream/', { token: company.admin.token });
  expect(head.status).toBe(405);
});

describe('who is told', () => {
  test('everybody concerned by an appointment, and nobody else', async () => {
    const { own, foreign, admin } = company;
    const people = [own.customer, own.staff, own.manager, foreign.customer, foreign.staff, foreign.manager, admin];
    const streams = await Promise.all(people.map((person) => follow(person)));
    await edit(own, { notes: 'Use the side door' });
    await edit(foreign, { notes: 'Use the back door' });
    for (const [at, person] of people.entries()) {
      const reader = streams[at] as StreamReader;
      for (const job of [own, foreign]) {
        for (const [name, path] of [
          ['appointment', `/api/appointments/${job.appointmentId}/`],
          ['order', `/api/orders/${job.orderId}/`],
        ]) {
          const { status } = await server.call('GET', path as string, { token: person.token });
          const word = `${name} ${name === 'order' ? job.orderId : job.appointmentId}`;
          if (status === 200) await reader.told(word);
          else expect(toldOf(reader.events), `${person.role} ${at}`).not.toContain(word);
        }
      }
    }
    // Nothing of it says more than numbers.
    for (const reader of streams) expect(reader.text()).not.toMatch(/door|Street|Example/);
  });

  test('whoever leaves a team hears of it, and of nothing afterwards', async () => {
    const { own, foreign, admin } = company;
    const leaving = await follow(own.staff);
    const formerManager = await follow(own.manager);
    const coming = await follow(foreign.staff);
    const path = `/api/appointments/${own.appointmentId}/assign/`;
    await call(admin, 'POST', path, { staff_ids: [foreign.staff.id] });
    const word = `appointment ${own.appointmentId}`;
    await Promise.all([leaving, formerManager, coming].map((reader) => reader.told(word)));
    const before = [toldOf(leaving.events).length, toldOf(formerManager.events).length];
    await edit(own, { notes: 'Ring three times' });
    await somethingElse(own.staff, leaving);
    await somethingElse(own.manager, formerManager);
    expect(toldOf(leaving.events).slice(before[0])).not.toContain(word);
    expect(toldOf(formerManager.events).slice(before[1])).not.toContain(word);
  });

  test('what nobody is assigned to concerns every manager, until somebody is', async () => {
    const { own, foreign, admin } = company;
    const reader = await follow(foreign.manager);
    const path = `/api/appointments/${own.appointmentId}/assign/`;
    const word = `appointment ${own.appointmentId}`;
    await call(admin, 'POST', path, { staff_ids: [] });
    await reader.told(word);
    reader.events.length = 0;
    await call(admin, 'POST', path, { staff_ids: [own.staff.id] });
    await reader.told(word);
  });

  test('whoever can’t come is seen by those who plan', async () => {
    const { own } = company;
    const reader = await follow(own.manager);
    for (const path of ['cannot-come', 'can-come']) {
      reader.events.length = 0;
      await call(
        own.staff,
        'POST',
        `/api/appointments/${own.appointmentId}/${path}/`,
        path === 'can-come' ? undefined : {},
      );
      await reader.told(`appointment ${own.appointmentId}`);
    }
  });

  test('days on which somebody can’t come: themselves and those who plan for them', async () => {
    const { own, foreign, admin } = company;
    const streams = await Promise.all([own.staff, own.manager, admin].map((person) => follow(person)));
    const outside = [own.customer, foreign.staff, foreign.manager];
    const deaf = await Promise.all(outside.map((person) => follow(person)));
    for (const path of ['cannot-come', 'can-come']) {
      for (const reader of streams) reader.events.length = 0;
      await call(own.staff, 'POST', `/api/appointments/${path}/`, { from: '2027-11-01', until: '2027-11-02' });
      for (const reader of streams) await reader.told(`absence ${own.staff.id}`);
    }
    for (const [at, person] of outside.entries()) {
      await somethingElse(person, deaf[at] as StreamReader);
      expect(toldOf(deaf[at]?.events ?? []).filter((word) => word.startsWith('absence'))).toEqual([]);
    }
  });

  test('a new order: those who may confirm it and its customer', async () => {
    const { own, foreign, admin, serviceId } = company;
    const streams = [await follow(own.customer), await follow(own.manager), await follow(admin)];
    const outside = [await follow(own.staff), await follow(foreign.customer)];
    const { id } = await call(own.customer, 'POST', '/api/orders/', orderBody(serviceId));
    for (const reader of streams) await reader.told(`order ${id}`);
    await somethingElse(own.staff, outside[0] as StreamReader);
    await somethingElse(foreign.customer, outside[1] as StreamReader);
    for (const reader of outside) expect(toldOf(reader.events)).not.toContain(`order ${id}`);
    await call(own.customer, 'POST', `/api/orders/${id}/cancel/`);
    await expect
      .poll(() => toldOf(streams[1]?.events ?? []).filter((word) => word === `order ${id}`).length, PATIENT)
      .toBeGreaterThanOrEqual(2);
  });
});

describe('calendars', () => {
  async function connectionOf(person: Person): Promise<number> {
    const account = { provider: 'google', accountId: `a${person.id}`, userId: person.id } as const;
    const { database, clock } = server.context;
    return database.transaction((tx) =>
      insertConnection(tx, { ...account, accountEmail: 'x@gmail.example', kind: 'primary' }, clock.now()),
    );
  }

  test('what was written: the owner, their manager and the office, each for what they see', async () => {
    const { own, foreign, admin } = company;
    const id = await connectionOf(own.staff);
    const seeing = await Promise.all([own.staff, own.manager, admin].map((person) => follow(person)));
    const outside = [own.customer, foreign.manager];
    const blind = await Promise.all(outside.map((person) => follow(person)));
    await server.context.database.transaction((tx) =>
      announceWritten(tx, [{ connection: id, appointments: [own.appointmentId, foreign.appointmentId] }]),
    );
    for (const reader of seeing) await reader.told(`ledger ${own.appointmentId}`);
    await seeing[0]?.told(`connection ${id}`);
    expect(toldOf(seeing[1]?.events ?? [])).not.toContain(`connection ${id}`);
    expect(toldOf(seeing[0]?.events ?? [])).not.toContain(`ledger ${foreign.appointmentId}`);
    expect(toldOf(seeing[2]?.events ?? [])).toContain(`ledger ${foreign.appointmentId}`);
    for (const [at, person] of outside.entries()) await somethingElse(person, blind[at] as StreamReader);
    for (const reader of blind) expect(reader.text()).not.toContain('event: ledger');
  });

  test('progress of a filling is told instead of its steps', async () => {
    const { own } = company;
    const id = await connectionOf(own.customer);
    const { database, clock } = server.context;
    await sql`insert into backfills (connection_id, total) values (${id}, 9)`.execute(database.db);
    await sql`insert into links (appointment_id, connection_id, starts_at, due_at, priority, created_at)
      values (${own.appointmentId}, ${id}, ${clock.now()}, ${clock.now()}, 1, ${clock.now()})`.execute(database.db);
    const reader = await follow(own.customer);
    const write = (appointments: number[] | null): Promise<void> =>
      database.transaction((tx) => announceWritten(tx, [{ connection: id, appointments }]));
    await write([own.appointmentId]);
    await reader.told(`backfill ${id}: 8/9`);
    expect(toldOf(reader.events)).not.toContain(`connection ${id}`);
    reader.events.length = 0;
    await write(null);
    await reader.told(`connection ${id}`, 'ledger *', `backfill ${id}: 8/9`);
    reader.events.length = 0;
    await sql`update links set applied = desired where connection_id = ${id}`.execute(database.db);
    await write([own.appointmentId]);
    await reader.told(`connection ${id}`);
    expect(reader.events.map(({ name }) => name)).not.toContain('backfill');
  });
});

test('accounts of thousands of people that change at once are told in pieces, or as anything', async () => {
  const { own, foreign } = company;
  const [reader, outside] = [await follow(own.customer), await follow(foreign.customer)];
  const announce = (howMany: number, more: number[] = []): Promise<void> =>
    server.context.database.transaction((tx) =>
      announceChanges(tx, { calendars: [...Array.from({ length: howMany }, (_, at) => 10 ** 15 + at), ...more] }),
    );
  await announce(3000, [own.customer.id]);
  await reader.told('connection *');
  expect(toldOf(outside.events)).not.toContain('connection *');
  outside.events.length = 0;
  await announce(6000);
  await outside.told('reset');
});

describe('coming back', () => {
  test('what was missed is told, and nothing is fetched anew', async () => {
    const { own, admin } = company;
    const first = await follow(own.customer);
    // Keeps the node listening.
    const other = await follow(admin);
    first.close();
    await edit(own, { notes: 'Missed' });
    await other.told(`appointment ${own.appointmentId}`);
    const again = await follow(own.customer, first.lastId());
    await again.told(`appointment ${own.appointmentId}`);
    expect(toldOf(again.events)).not.toContain('reset');
    expect(toldOf(again.events)).not.toContain(`appointment ${company.foreign.appointmentId}`);
  });

  test('nothing missed is said at once', async () => {
    // Of whom nothing is told that others do.
    const person = await server.person('customer');
    const first = await follow(person);
    first.close();
    const again = await follow(person, first.lastId());
    await expect.poll(again.lastId, PATIENT).toMatch(/^[0-9a-f]+-\d+$/);
    expect(again.events).toEqual([]);
  });

  test.each(['0', 'none', 'abcdef012345-1', `abcdef012345-${'9'.repeat(15)}`, '\u00ff'])(
    'an id of elsewhere (%s) starts anew',
    async (id) => {
      const reader = await follow(company.own.customer, id);
      await reader.told('reset');
    },
  );
});

describe('ends', () => {
  test('with the access token, in order', async () => {
    const { customer } = company.own;
    const reader = await follow(customer);
    const lasting = { ...customer, token: '' };
    server.clock.advance(15 * MINUTE);
    await reader.told('end token_expired');
    await expect.poll(reader.ended, PATIENT).toBe(true);
    lasting.token = await server.context.accessTokens.issue(customer.id, 'session');
    const again = await follow(lasting, reader.lastId());
    expect(again.status).toBe(200);
  });

  test('when the account is deactivated', async () => {
    const admin = await server.person('admin');
    const { customer } = company.own;
    const reader = await follow(customer);
    await call(admin, 'PATCH', `/api/users/${customer.id}/`, { is_active: false });
    await reader.told('end signed_out');
    await expect.poll(reader.ended, PATIENT).toBe(true);
    expect((await openStream(server.origin, customer.token)).status).toBe(401);
  });

  test('another role begins anew', async () => {
    const admin = await server.person('admin');
    const person = await server.person('customer');
    const reader = await follow(person);
    reader.events.length = 0;
    await call(admin, 'PATCH', `/api/users/${person.id}/`, { role: 'manager' });
    await reader.told('reset');
    await edit(company.own, { notes: 'Not theirs' });
    const { id } = await call(admin, 'POST', '/api/orders/', {
      ...orderBody(company.serviceId, { customer_id: company.own.customer.id }),
    });
    await reader.told(`order ${id}`);
    expect(toldOf(reader.events)).not.toContain(`appointment ${company.own.appointmentId}`);
  });
});

test('ten streams of one person are open at a time', async () => {
  const person = await server.person('customer');
  const open = await Promise.all(Array.from({ length: 10 }, () => follow(person)));
  const refused = await server.call('GET', '/api/calendar/stream/', { token: person.token });
  expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_streams' } });
  expect(refused.headers.get('retry-after')).toBe('60');
  open[0]?.close();
  // How long somebody looked is no time that they waited.
  expect((await server.call('GET', '/metrics')).body).not.toMatch(/route="\/api\/calendar\/stream\/",status="200"/);
  await expect
    .poll(async () => {
      const reader = await openStream(server.origin, person.token);
      readers.push(reader);
      return reader.status;
    }, PATIENT)
    .toBe(200);
});

test('a server that stops ends them at once', { timeout: START_LIMIT_MS }, async () => {
  const stopping = await startTestServer({ liveLimits: { heartbeatMs: 50 } });
  const person = await stopping.person('customer');
  const reader = await openStream(stopping.origin, person.token);
  await reader.told('reset');
  // It is seen to be alive meanwhile.
  await expect.poll(reader.text, PATIENT).toMatch(/\n:\nid: [0-9a-f]+-\d+\n\n/);
  const begun = performance.now();
  await stopping.close();
  expect(performance.now() - begun).toBeLessThan(15_000);
  await expect.poll(reader.ended, PATIENT).toBe(true);
  expect(toldOf(reader.events)).toEqual(['reset', 'end closing']);
});
