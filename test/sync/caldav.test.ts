import { afterEach, beforeEach, expect, test } from 'vitest';
import { startCaldavSimulator, type CaldavSimulator } from '../../simulator/caldav/server.ts';
import { sql } from '../../src/db/sql.ts';
import { changeAppointment } from '../../src/use-cases/change-appointment.ts';
import { connectWithLogin } from '../../src/use-cases/calendar/connect-with-login.ts';
import { disconnectCalendar } from '../../src/use-cases/calendar/disconnect-calendar.ts';
import { showCalendar, type ConnectionView } from '../../src/use-cases/calendar/show-calendar.ts';
import { syncNow } from '../../src/use-cases/calendar/sync-now.ts';
import { cancelAppointment } from '../../src/use-cases/cancel-appointment.ts';
import type { Caller } from '../../src/use-cases/context.ts';
import { JANE, openClient, type CaldavClient } from '../providers/caldav-setup.ts';
import { openTestDatabase } from '../support/database.ts';
import { startRig, type Rig } from './rig.ts';

/* The engine over a simulated CalDAV server: it does there what it does everywhere. */

let simulator: CaldavSimulator;
let client: CaldavClient;
let rig: Rig;
let closeDatabase: () => Promise<void>;
let admin: Caller;
let jane: Caller;

beforeEach(async () => {
  simulator = await startCaldavSimulator({ accounts: [JANE] });
  client = openClient();
  const { database, close } = await openTestDatabase();
  closeDatabase = close;
  rig = await startRig(database, { caldav: { provider: client.provider, login: client.login } });
  admin = await rig.person('admin');
  jane = await rig.person('customer', null, 'Jane Doe');
});

afterEach(async () => {
  await rig.close();
  await closeDatabase();
  await client.http.close();
  await simulator.close();
  expect(rig.errors).toEqual([]);
});

test('an order arrives, moves in place, and goes', async () => {
  await connect();
  const [id = 0] = await confirmed();
  const [made, ...others] = simulator.events(JANE.user);
  expect(others).toEqual([]);
  expect(made).toMatchObject({
    title: 'VALClean: Deep clean',
    startsAt: new Date('2026-12-01T09:00:00Z'),
    isPrivate: true,
  });
  await changeAppointment(rig.context, admin, id, { startsAt: '2026-12-01T14:00:00' });
  await rig.settle();
  const [moved] = simulator.events(JANE.user);
  expect(moved).toMatchObject({ name: made?.name, uid: made?.uid, startsAt: new Date('2026-12-01T14:00:00Z') });
  await cancelAppointment(rig.context, admin, id);
  await rig.settle();
  expect(simulator.events(JANE.user)).toEqual([]);
});

test('nothing is written twice: not when asked to look again, not after a lost answer', async () => {
  await connect();
  simulator.faults.add({ match: { operation: 'object.create' }, action: { kind: 'drop-after-commit' } });
  await confirmed();
  rig.clock.advance(60_000);
  await rig.settle();
  expect(simulator.events(JANE.user)).toHaveLength(1);
  simulator.clearRequests();
  await syncNow(rig.context, jane);
  await rig.settle();
  const writes = simulator.requests().filter(({ method }) => method === 'PUT' || method === 'DELETE');
  expect(writes).toEqual([]);
});

test('looking again at a calendar in which nothing changed is one request', async () => {
  await connect();
  await confirmed();
  await look();
  simulator.clearRequests();
  await look();
  expect(simulator.requests().map(({ method, operation }) => ({ method, operation }))).toEqual([
    { method: 'REPORT', operation: 'sync-collection' },
  ]);
});

test('what its owner deletes stays away; what they move is put back once', async () => {
  await connect();
  const [id = 0] = await confirmed();
  const [made] = simulator.events(JANE.user);
  simulator.edit(JANE.user, made?.name ?? '', (data) => data.replaceAll('T090000', 'T100000'));
  await look();
  expect(simulator.events(JANE.user)).toMatchObject([{ startsAt: new Date('2026-12-01T09:00:00Z') }]);
  simulator.remove(JANE.user, made?.name ?? '');
  await look();
  expect(await states()).toEqual(['suppressed']);
  await changeAppointment(rig.context, admin, id, { notes: 'Other notes' });
  await rig.settle();
  expect(simulator.events(JANE.user)).toEqual([]);
  await changeAppointment(rig.context, admin, id, { startsAt: '2026-12-01T15:00:00' });
  await rig.settle();
  expect(simulator.events(JANE.user)).toMatchObject([{ startsAt: new Date('2026-12-01T15:00:00Z') }]);
});

test('a password that was taken back asks for its owner, and a new one goes on where it stopped', async () => {
  await connect();
  simulator.changePassword(JANE.user, 'another');
  await confirmed();
  expect(await connection()).toMatchObject({
    status: 'reauth_required',
    pending: 1,
    error: { code: 'password_refused', action: 'reconnect' },
  });
  await connect({ password: 'another' });
  await rig.settle();
  expect(await connection()).toMatchObject({ status: 'active', pending: 0, error: null });
  expect(simulator.events(JANE.user)).toHaveLength(1);
});

test('a full account waits, and goes on once there is room', async () => {
  simulator.changeSettings({ full: true });
  await connect();
  await confirmed();
  expect(await connection()).toMatchObject({
    status: 'active',
    pending: 1,
    error: { code: 'calendar_full', action: null },
  });
  simulator.changeSettings({ full: false });
  rig.clock.advance(2 * 3_600_000);
  await rig.settle();
  expect(simulator.events(JANE.user)).toHaveLength(1);
});

test('disconnecting removes the events and erases the password', async () => {
  await connect();
  await confirmed();
  expect(simulator.events(JANE.user)).toHaveLength(1);
  await disconnectCalendar(rig.context, jane, { provider: 'caldav', removeEvents: true, connectionId: null });
  await rig.settle();
  expect(simulator.events(JANE.user)).toEqual([]);
  const kept = await sql`select status, access_token, refresh_token from connections`.execute(rig.context.database.db);
  expect(kept.rows).toEqual([{ status: 'disconnected', access_token: null, refresh_token: null }]);
});

test('another calendar of the account takes the events along', async () => {
  await connect();
  await confirmed();
  await connect({}, { calendar: 'dedicated' });
  await rig.settle();
  const [first, own] = simulator.calendars(JANE.user);
  expect([first?.events, own?.events]).toEqual([0, 1]);
});

async function connect(change: object = {}, more: { calendar?: 'primary' | 'dedicated' } = {}): Promise<void> {
  const login = { server: simulator.url, username: JANE.user, password: JANE.password, ...change };
  await connectWithLogin(rig.context, jane, {
    provider: 'caldav',
    login,
    calendar: more.calendar ?? null,
    calendarId: null,
  });
  await rig.settle();
}

async function confirmed(): Promise<number[]> {
  const ids = await rig.confirm(admin, await rig.order(jane, []));
  await rig.settle();
  return ids;
}

/** Reads the calendar back, and looks at what was found. */
async function look(): Promise<void> {
  await syncNow(rig.context, jane);
  await rig.settle();
  await rig.settle();
}

async function connection(): Promise<ConnectionView> {
  const [found, ...others] = (await showCalendar(rig.context, jane)).connections;
  expect(others).toEqual([]);
  return found ?? expect.fail('not connected');
}

async function states(): Promise<string[]> {
  const found = await sql<{ state: string }>`select state from links order by id`.execute(rig.context.database.db);
  return found.rows.map(({ state }) => state);
}
