import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sql } from '../../src/db/sql.ts';
import { insertConnection } from '../../src/store/connections.ts';
import { foundCompany, orderBody, type Company } from '../support/company.ts';
import { START_LIMIT_MS, startTestServer, type Json, type Person, type TestServer } from '../support/server.ts';

/** Who of those concerned has an appointment in no calendar, as each role reads it. */
let server: TestServer;
let company: Company;
beforeAll(async () => {
  server = await startTestServer();
}, START_LIMIT_MS);
beforeEach(async () => {
  company = await foundCompany(server);
});
afterAll(() => server.close(), START_LIMIT_MS);

async function ledger(person: Person, id = company.own.appointmentId): Promise<Json> {
  const { status, body } = await server.call('GET', `/api/appointments/${id}/calendars/`, { token: person.token });
  expect(status).toBe(200);
  return body;
}

/** `[user, part, reason]` of each, but for administrators of other tests. */
async function without(person: Person, id?: number): Promise<[number, string, string][]> {
  const others = (one: Json): boolean => one.role !== 'admin' || one.user.id === company.admin.id;
  return (await ledger(person, id)).without_calendar
    .filter(others)
    .map((one: Json) => [one.user.id, one.role, one.reason]);
}

async function connect(person: Person): Promise<number> {
  const account = { provider: 'google', accountId: `google${person.id}`, userId: person.id, kind: 'primary' } as const;
  const { database, clock } = server.context;
  const id = await database.transaction((tx) =>
    insertConnection(tx, { ...account, accountEmail: `own-${person.id}@gmail.example` }, clock.now()),
  );
  await run(`update connections set status = 'active' where id = ${id}`);
  return id;
}

async function run(statement: string): Promise<void> {
  await sql.raw(statement).execute(server.context.database.db);
}

async function link(connectionId: number, more = ''): Promise<void> {
  await run(`insert into links (appointment_id, connection_id, starts_at, due_at, created_at)
    select id, ${connectionId}, starts_at, created_at, created_at from appointments where id = ${company.own.appointmentId}`);
  if (more !== '') await run(`update links set ${more} where connection_id = ${connectionId}`);
}

test('everybody concerned who has no calendar is told of, to those who may see their rows', async () => {
  const { own, foreign, admin } = company;
  expect(await without(admin)).toEqual([
    [own.customer.id, 'customer', 'no_calendar'],
    [own.staff.id, 'staff', 'no_calendar'],
    [own.manager.id, 'manager', 'no_calendar'],
    [admin.id, 'admin', 'no_calendar'],
  ]);
  expect(await without(own.manager)).toEqual([
    [own.staff.id, 'staff', 'no_calendar'],
    [own.manager.id, 'manager', 'no_calendar'],
  ]);
  expect(await without(own.staff)).toEqual([[own.staff.id, 'staff', 'no_calendar']]);
  expect(await without(own.customer)).toEqual([[own.customer.id, 'customer', 'no_calendar']]);
  const path = `/api/appointments/${own.appointmentId}/calendars/`;
  for (const other of [foreign.manager, foreign.staff, foreign.customer])
    expect((await server.call('GET', path, { token: other.token })).status).toBe(404);
});

test('of a shared visit a manager learns nothing about the staff of another team', async () => {
  const { own, foreign, admin } = company;
  const body = { staff_ids: [own.staff.id, foreign.staff.id] };
  const path = `/api/appointments/${own.appointmentId}/assign/`;
  expect((await server.call('POST', path, { token: admin.token, body })).status).toBe(200);
  expect((await without(own.manager)).map(([id]) => id)).toEqual([own.staff.id, own.manager.id]);
  expect((await without(foreign.manager)).map(([id]) => id)).toEqual([foreign.staff.id, foreign.manager.id]);
  expect((await without(admin)).map(([id]) => id)).toEqual(
    expect.arrayContaining([own.staff.id, foreign.staff.id, own.customer.id]),
  );
});

test('of what nobody is assigned to a manager sees no rows, not even of the customer', async () => {
  const { own, admin, serviceId } = company;
  const order = orderBody(serviceId, { customer_id: own.customer.id });
  const placed = await server.call('POST', '/api/orders/', { token: admin.token, body: order });
  const confirmed = await server.call('POST', `/api/orders/${placed.body.id}/confirm/`, { token: admin.token });
  const id = confirmed.body.appointments[0].id;
  expect(await ledger(own.manager, id)).toEqual({ items: [], next_cursor: null, without_calendar: [] });
  expect(await without(admin, id)).toEqual([
    [own.customer.id, 'customer', 'no_calendar'],
    [admin.id, 'admin', 'no_calendar'],
  ]);
});

test('who has it in a calendar has a row and is not told of beside it; after disconnecting it is the other way round', async () => {
  const { own } = company;
  const connection = await connect(own.staff);
  await link(connection);
  expect((await ledger(own.staff)).items).toHaveLength(1);
  expect(await without(own.staff)).toEqual([]);
  await run(`update connections set status = 'disconnected' where id = ${connection}`);
  expect((await ledger(own.staff)).items).toEqual([]);
  expect(await without(own.staff)).toEqual([[own.staff.id, 'staff', 'no_calendar']]);
});

test('sync that is switched off is the reason, also where an event was taken off', async () => {
  const { own } = company;
  const connection = await connect(own.staff);
  await run(`update users set calendar_sync_enabled = false where id = ${own.staff.id}`);
  expect(await without(own.staff)).toEqual([[own.staff.id, 'staff', 'sync_off']]);
  await link(connection, "state = 'removed', applied = desired");
  expect((await ledger(own.staff)).items).toMatchObject([{ state: 'removed' }]);
  expect(await without(own.staff)).toEqual([[own.staff.id, 'staff', 'sync_off']]);
});

test('who is no longer concerned is not told of', async () => {
  const { own, admin } = company;
  const connection = await connect(own.staff);
  await link(connection, "state = 'removed', applied = desired");
  await run(`delete from assignments where appointment_id = ${own.appointmentId}`);
  expect((await without(admin)).map(([id]) => id)).toEqual([own.customer.id, admin.id]);
});

test('a removed event with nothing to do stays removed while its account needs its owner', async () => {
  const { own } = company;
  const connection = await connect(own.staff);
  await link(connection, "state = 'removed', error_code = 'rate_limited'");
  await run(
    `update connections set status = 'reauth_required', error_code = 'consent_withdrawn' where id = ${connection}`,
  );
  // Still concerned: it waits to be written.
  expect((await ledger(own.staff)).items).toMatchObject([{ state: 'pending', error: { code: 'rate_limited' } }]);
  await run(`update appointments set status = 'cancelled' where id = ${own.appointmentId}`);
  const [row] = (await ledger(own.staff)).items;
  expect(row).toMatchObject({ state: 'removed', error: null, next_attempt_at: null });
  await run(`update links set in_flight = true where connection_id = ${connection}`);
  expect((await ledger(own.staff)).items).toMatchObject([{ state: 'pending' }]);
});
