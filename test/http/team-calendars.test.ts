import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sql } from '../../src/db/sql.ts';
import { insertConnection } from '../../src/store/connections.ts';
import { foundCompany, type Company } from '../support/company.ts';
import { openStream } from '../support/event-stream.ts';
import { START_LIMIT_MS, startTestServer, type Json, type Person, type TestServer } from '../support/server.ts';

let server: TestServer;
let company: Company;
beforeAll(async () => {
  server = await startTestServer();
}, START_LIMIT_MS);
beforeEach(async () => {
  company = await foundCompany(server);
});
afterAll(() => server.close(), START_LIMIT_MS);

async function connect(person: Person, provider: 'google' | 'outlook' = 'google'): Promise<number> {
  const account = { provider, accountId: `${provider}${person.id}`, userId: person.id, kind: 'primary' } as const;
  const { database, clock } = server.context;
  const id = await database.transaction((tx) =>
    insertConnection(tx, { ...account, accountEmail: `secret-${person.id}@gmail.example` }, clock.now()),
  );
  await set(id, "status = 'active'");
  return id;
}

async function set(connectionId: number, change: string): Promise<void> {
  await sql`update connections set ${sql.raw(change)} where id = ${connectionId}`.execute(server.context.database.db);
}

async function teamOf(person: Person, query = ''): Promise<Json> {
  const { status, body } = await server.call('GET', `/api/calendar/team/${query}`, { token: person.token });
  expect(status).toBe(200);
  return body;
}

test('managers see how the calendars of their own staff are doing, without the accounts', async () => {
  const { own, foreign } = company;
  await connect(own.staff);
  await connect(foreign.staff);
  const seen = await teamOf(own.manager);
  expect(seen).toEqual({
    items: [
      { user_id: own.staff.id, calendar_sync_enabled: true, calendars: [{ provider: 'google', state: 'connected' }] },
    ],
    next_cursor: null,
  });
  expect(await teamOf(foreign.manager)).not.toEqual(seen);
});

test('administrators see them of all active staff, page by page', async () => {
  const { own, foreign, admin } = company;
  const leaver = await server.person('staff');
  await sql`update users set is_active = false where id = ${leaver.id}`.execute(server.context.database.db);
  const ids: number[] = [];
  let cursor: string | null = null;
  do {
    const page: Json = await teamOf(admin, `?limit=1${cursor === null ? '' : `&cursor=${cursor}`}`);
    ids.push(...page.items.map((one: Json) => one.user_id));
    cursor = page.next_cursor;
  } while (cursor !== null);
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  expect(ids).toEqual(expect.arrayContaining([own.staff.id, foreign.staff.id]));
  for (const other of [leaver, own.customer, own.manager, admin]) expect(ids).not.toContain(other.id);
});

test('each state has a name', async () => {
  const { own } = company;
  const state = async (): Promise<string[]> =>
    (await teamOf(own.manager)).items[0].calendars.map((one: Json) => one.state);
  expect(await state()).toEqual([]);
  const id = await connect(own.staff);
  expect(await state()).toEqual(['connected']);
  await sql`
    insert into links (appointment_id, connection_id, starts_at, due_at, created_at)
    select id, ${id}::bigint, starts_at, created_at, created_at from appointments where id = ${own.appointmentId}`.execute(
    server.context.database.db,
  );
  expect(await state()).toEqual(['working']);
  await set(id, "status = 'degraded'");
  expect(await state()).toEqual(['delayed']);
  await sql`update links set state = 'failed' where connection_id = ${id}`.execute(server.context.database.db);
  expect(await state()).toEqual(['incomplete']);
  await set(id, "status = 'paused'");
  expect(await state()).toEqual(['paused']);
  await set(id, 'question = \'{"kind": "removal", "count": 12, "of": 20}\'');
  expect(await state()).toEqual(['asks_owner']);
  await set(id, "status = 'reauth_required'");
  expect(await state()).toEqual(['needs_sign_in']);
  await connect(own.staff, 'outlook');
  expect(await state()).toEqual(['needs_sign_in', 'connected']);
  await set(id, "status = 'disconnecting'");
  expect(await state()).toEqual(['connected']);
});

test('those who see them are told when one may be in another state, and nobody else', async () => {
  const { own, foreign, admin } = company;
  const streams = await Promise.all(
    [own.manager, admin, foreign.manager, own.staff].map(({ token }) => openStream(server.origin, token)),
  );
  for (const reader of streams) await reader.told('reset');
  const [manager, office, other, self] = streams;
  await server.call('PATCH', '/api/calendar/', { token: own.staff.token, body: { calendar_sync_enabled: false } });
  await manager?.told(`team ${own.staff.id}`);
  await office?.told(`team ${own.staff.id}`);
  // Told by the same round as the others.
  await self?.told('connection *');
  await server.call('PATCH', '/api/calendar/', { token: foreign.staff.token, body: { calendar_sync_enabled: false } });
  await other?.told(`team ${foreign.staff.id}`);
  expect(other?.text()).not.toContain(`event: team\ndata: {"ids":[${own.staff.id}]}`);
  expect(self?.text()).not.toContain('event: team');
  for (const reader of streams) reader.close();
});
