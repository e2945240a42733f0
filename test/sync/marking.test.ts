import { beforeEach, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src/base/time.ts';
import type { Database } from '../../src/db/database.ts';
import { sql } from '../../src/db/sql.ts';
import { OnCall } from '../../src/jobs/on-call.ts';
import { Upkeep } from '../../src/jobs/upkeep.ts';
import { MARKING_CHANNEL, markNextBatch } from '../../src/store/mark-calendars.ts';
import { changeUser } from '../../src/use-cases/accounts/change-user.ts';
import { changeCalendarSettings } from '../../src/use-cases/calendar/change-calendar-settings.ts';
import { disconnectCalendar } from '../../src/use-cases/calendar/disconnect-calendar.ts';
import { showCalendar, type ConnectionView } from '../../src/use-cases/calendar/show-calendar.ts';
import { cancelAppointment } from '../../src/use-cases/cancel-appointment.ts';
import { changeAppointment } from '../../src/use-cases/change-appointment.ts';
import type { Caller } from '../../src/use-cases/context.ts';
import { markOn } from '../../src/use-cases/mark-on.ts';
import { markingNow } from '../../src/use-cases/marking.ts';
import { rollHorizon } from '../../src/use-cases/roll-horizon.ts';
import { calendarOf, type Rig } from './rig.ts';
import { shareRig } from './share-rig.ts';

/* A large calendar is marked in batches of four, and something happens while that is under way. */

const TOGETHER = 4;
const VISITS = 10;

let database: Database;
let rig: Rig;
let boss: Caller;
let jane: Caller;
let visits: number[];

shareRig(
  (shared) => {
    ({ database, rig, admin: boss } = shared);
  },
  { markedTogether: TOGETHER },
);

beforeEach(async () => {
  jane = await rig.person('customer', null, 'Jane Doe');
  visits = await rig.confirm(boss, await rig.order(jane, [], { rrule: `FREQ=DAILY;COUNT=${VISITS}` }));
  expect(visits.length).toBe(VISITS);
});

const nextBatch = (): Promise<boolean> => database.transaction((tx) => markNextBatch(tx, markingNow(rig.context)));

/** Lets the worker write what is marked, and marks nothing more. */
async function write(): Promise<void> {
  await rig.worker.sweep();
  await rig.worker.idle();
}

/** The starts of the events in a calendar, in the order of time. */
const shown = (person: Caller): string[] =>
  rig.google
    .events(calendarOf(person))
    .map(({ fields }) => String(fields['startsAt']))
    .toSorted();

const starts = (n: number): string[] =>
  Array.from({ length: n }, (_, i) => new Date(Date.parse('2026-12-01T09:00:00Z') + i * DAY).toISOString());

async function connection(person: Caller): Promise<ConnectionView> {
  const [own] = (await showCalendar(rig.context, person)).connections;
  return own ?? expect.fail('not connected');
}

async function left(): Promise<number> {
  const counted = await sql<{ count: number }>`select count(*)::int as count from markings`.execute(database.db);
  return counted.rows[0]?.count ?? 0;
}

it('what comes first is written at once, the rest follows; the progress knows of all from the start', async () => {
  await rig.connect(jane);
  await write();
  expect(shown(jane)).toEqual(starts(TOGETHER));
  expect(await connection(jane)).toMatchObject({
    backfill: { total: VISITS, done: TOGETHER },
    pending: VISITS - TOGETHER,
  });
  expect(await nextBatch()).toBe(true);
  await write();
  expect(shown(jane)).toEqual(starts(2 * TOGETHER));
  expect((await connection(jane)).backfill).toEqual({ total: VISITS, done: 2 * TOGETHER });
  await rig.settle();
  expect(shown(jane)).toEqual(starts(VISITS));
  expect(await connection(jane)).toMatchObject({ backfill: null, pending: 0 });
  expect(await left()).toBe(0);
  expect(await nextBatch()).toBe(false);
});

it('a batch that breaks off is done again, by whoever comes next, and two may come at once', async () => {
  await rig.connect(jane);
  const broken = database.transaction(async (tx) => {
    await markNextBatch(tx, markingNow(rig.context));
    throw new Error('killed');
  });
  await expect(broken).rejects.toThrow('killed');
  await write();
  expect((await connection(jane)).pending).toBe(VISITS - TOGETHER);
  await Promise.all([markOn(rig.context), markOn(rig.context)]);
  await rig.settle();
  expect(shown(jane)).toEqual(starts(VISITS));
  const calls = rig.google.calls.filter(({ session }) => session.calendarId === calendarOf(jane));
  expect(calls.flatMap(({ operations }) => operations).length).toBe(VISITS);
});

it('the commit that leaves something to be marked calls for somebody', async () => {
  const marking = new OnCall(
    (signal) => markOn(rig.context, signal),
    (error) => void rig.errors.push(error),
  );
  const called = Promise.withResolvers<void>();
  const unlisten = await database.listen(MARKING_CHANNEL, () => {
    marking.call();
    called.resolve();
  });
  await rig.connect(jane);
  await called.promise;
  await unlisten();
  while ((await left()) > 0) await marking.idle();
  await marking.stop();
  await write();
  expect(shown(jane)).toEqual(starts(VISITS));
});

it('who ends leaves the rest to others, and upkeep that was broken off is done again', async () => {
  await rig.connect(jane);
  const stopped = AbortSignal.abort();
  await markOn(rig.context, stopped);
  expect(await left()).toBe(2);
  const runs: boolean[] = [];
  const startUpkeep = (stopIt: boolean): Upkeep => {
    const task = {
      name: 'mark on',
      everyMs: DAY,
      async run(_: Date, signal: AbortSignal) {
        if (stopIt) void upkeep.stop();
        runs.push(signal.aborted);
        await markOn(rig.context, signal);
      },
    };
    const upkeep = new Upkeep(database, rig.clock, [task], (error) => void rig.errors.push(error));
    return upkeep;
  };
  await startUpkeep(true).runDue();
  expect(await left()).toBe(2);
  rig.clock.advance(HOUR);
  await startUpkeep(false).runDue();
  rig.clock.advance(HOUR);
  await startUpkeep(false).runDue();
  expect(runs).toEqual([true, false]);
  expect(await left()).toBe(0);
  await rig.settle();
  expect(shown(jane)).toEqual(starts(VISITS));
  rig.clock.advance(-2 * HOUR);
});

it('disconnected in the middle: no further events, and none stays', async () => {
  await rig.connect(jane);
  await write();
  await disconnectCalendar(rig.context, jane, { provider: 'google', removeEvents: true, connectionId: null });
  await rig.settle();
  expect(shown(jane)).toEqual([]);
  expect((await showCalendar(rig.context, jane)).connections).toEqual([]);
  expect(await left()).toBe(0);
  const links = await sql`select from links l join connections c on c.id = l.connection_id
    where c.user_id = ${jane.id}`.execute(database.db);
  expect(links.rows.length).toBe(TOGETHER);
});

it('an account is not let go while events are still to be marked for removal', async () => {
  await rig.connect(jane);
  await rig.settle();
  await disconnectCalendar(rig.context, jane, { provider: 'google', removeEvents: true, connectionId: null });
  await write();
  expect(shown(jane)).toEqual(starts(VISITS).slice(TOGETHER));
  expect((await connection(jane)).status).toBe('disconnecting');
  await rig.settle();
  expect(shown(jane)).toEqual([]);
  expect((await showCalendar(rig.context, jane)).connections).toEqual([]);
});

it('connected again in the middle of its removal, everything is there', async () => {
  await rig.connect(jane);
  await rig.settle();
  await disconnectCalendar(rig.context, jane, { provider: 'google', removeEvents: true, connectionId: null });
  await write();
  await rig.connect(jane);
  await rig.settle();
  expect(shown(jane)).toEqual(starts(VISITS));
});

it('whoever leaves the company in the middle keeps nothing', async () => {
  await rig.connect(jane);
  await write();
  await changeUser(rig.context, jane.id, { isActive: false, version: null });
  await rig.settle();
  expect(shown(jane)).toEqual([]);
  expect(await left()).toBe(0);
});

it('sync switched off and on in the middle, what is over too', async () => {
  await rig.connect(jane);
  await rig.settle();
  rig.clock.advance(17 * DAY);
  await changeCalendarSettings(rig.context, jane, { calendarSyncEnabled: false });
  await write();
  const kept = shown(jane);
  expect(kept.length).toBeGreaterThan(0);
  await rig.settle();
  expect(shown(jane)).toEqual([]);
  await changeCalendarSettings(rig.context, jane, { calendarSyncEnabled: true });
  await changeCalendarSettings(rig.context, jane, { calendarSyncEnabled: false });
  await changeCalendarSettings(rig.context, jane, { calendarSyncEnabled: true, reminderMinutes: 30 });
  await rig.settle();
  expect(shown(jane)).toEqual(starts(VISITS));
  rig.clock.advance(-17 * DAY);
});

it('appointments that are made, moved and cancelled in the middle', async () => {
  await rig.connect(jane);
  await write();
  const [first = 0, second = 0] = visits;
  const [last = 0, lastButOne = 0] = visits.toReversed();
  // Behind the walk and before it; from there to here, and the other way round.
  await cancelAppointment(rig.context, boss, first);
  await cancelAppointment(rig.context, boss, last);
  await changeAppointment(rig.context, boss, lastButOne, { startsAt: '2026-11-29T09:00:00' });
  await changeAppointment(rig.context, boss, second, { startsAt: '2026-12-20T09:00:00' });
  await rig.confirm(boss, await rig.order(jane, [], { startsAt: '2026-11-30T09:00:00' }));
  await rig.confirm(boss, await rig.order(jane, [], { startsAt: '2026-12-21T09:00:00' }));
  await rig.settle();
  expect(shown(jane)).toEqual([
    '2026-11-29T09:00:00.000Z',
    '2026-11-30T09:00:00.000Z',
    ...starts(VISITS - 2).slice(2),
    '2026-12-20T09:00:00.000Z',
    '2026-12-21T09:00:00.000Z',
  ]);
});

it('a new administrator gets everything, and loses it as soon as they are none any more', async () => {
  const tom = await rig.person('staff');
  await rig.connect(tom);
  await changeUser(rig.context, tom.id, { role: 'admin', version: null });
  await write();
  expect(shown(tom).length).toBe(TOGETHER);
  const { backfill, pending } = await connection(tom);
  expect(backfill).toEqual({ total: TOGETHER + pending, done: TOGETHER });
  await nextBatch();
  await changeUser(rig.context, tom.id, { role: 'customer', version: null });
  await rig.settle();
  expect(shown(tom)).toEqual([]);
  await changeUser(rig.context, tom.id, { role: 'admin', version: null });
  await rig.settle();
  expect(shown(tom).length).toBe(TOGETHER + pending);
});

it('what comes within the horizon is found in batches as well', async () => {
  const late = await rig.person('customer');
  await rig.connect(late);
  const rrule = `FREQ=WEEKLY;COUNT=${VISITS}`;
  await rig.confirm(boss, await rig.order(late, [], { startsAt: '2027-11-22T09:00:00', rrule }));
  await rig.settle();
  expect(shown(late)).toEqual([]);
  rig.clock.advance(80 * DAY);
  await rollHorizon(rig.context);
  await rig.settle();
  expect(shown(late).length).toBe(VISITS);
});
