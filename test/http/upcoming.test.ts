import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sql } from '../../src/db/sql.ts';
import { insertConnection } from '../../src/store/connections.ts';
import { foundCompany, type Company } from '../support/company.ts';
import { START_LIMIT_MS, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let company: Company;
let connectionId: number;
beforeAll(async () => {
  server = await startTestServer();
}, START_LIMIT_MS);
beforeEach(async () => {
  company = await foundCompany(server);
  const { staff } = company.own;
  const account = { provider: 'google', accountId: `a${staff.id}`, userId: staff.id } as const;
  const { database, clock } = server.context;
  connectionId = await database.transaction((tx) =>
    insertConnection(tx, { ...account, accountEmail: 'x@gmail.example', kind: 'primary' }, clock.now()),
  );
  await link('synced');
});
afterAll(() => server.close(), START_LIMIT_MS);

/** Every appointment of the order gets a link that is written as the state says. */
async function link(state: string): Promise<void> {
  await sql`
    insert into links (appointment_id, connection_id, applied, starts_at, due_at, state, created_at)
    select id, ${connectionId}::bigint, 1, starts_at, created_at, ${state}, created_at from appointments
     where order_id = ${company.own.orderId}
    on conflict (appointment_id, connection_id) do update set state = excluded.state`.execute(
    server.context.database.db,
  );
}

async function upcoming(): Promise<unknown> {
  const { body } = await server.call('GET', '/api/calendar/', { token: company.own.staff.token });
  return body.connections[0].upcoming;
}

test('what is ahead is counted: written, on its way, deleted by its owner', async () => {
  expect(await upcoming()).toEqual({ total: 1, written: 1, hidden: 0, more: false });
  await sql`update links set desired = 2 where connection_id = ${connectionId}`.execute(server.context.database.db);
  expect(await upcoming()).toEqual({ total: 1, written: 0, hidden: 0, more: false });
  await link('suppressed');
  expect(await upcoming()).toEqual({ total: 0, written: 0, hidden: 1, more: false });
});

test('what was cancelled is not ahead, though it may be in the calendar for a moment yet', async () => {
  const { admin, own } = company;
  await server.call('POST', `/api/appointments/${own.appointmentId}/cancel/`, { token: admin.token });
  expect(await upcoming()).toEqual({ total: 0, written: 0, hidden: 0, more: false });
});

test('of a large calendar the next thousand are counted', async () => {
  await sql`
    insert into appointments (order_id, order_item_id, occurrence_wall, service_id, status, starts_wall, ends_wall, time_zone,
      starts_at, ends_at, price_cents, currency, zone_version, created_at, updated_at)
    select order_id, order_item_id, to_char(timestamp '2030-01-01' + n * interval '1 second', 'YYYY-MM-DD"T"HH24:MI:SS'), service_id,
      status, starts_wall, ends_wall, time_zone, starts_at + n * interval '1 minute', ends_at + n * interval '1 minute', price_cents,
      currency, zone_version, created_at, updated_at
      from appointments cross join generate_series(1, 1200) n where id = ${company.own.appointmentId}`.execute(
    server.context.database.db,
  );
  await link('synced');
  expect(await upcoming()).toEqual({ total: 1000, written: 1000, hidden: 0, more: true });
});
