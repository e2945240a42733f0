import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/base/time.ts';
import { sql } from '../../src/db/sql.ts';
import { SYNC_CHANNEL } from '../../src/store/mark-links.ts';
import { changeAppointment, SETTLE_MS } from '../../src/use-cases/change-appointment.ts';
import { changeCalendarSettings } from '../../src/use-cases/calendar/change-calendar-settings.ts';
import { disconnectCalendar } from '../../src/use-cases/calendar/disconnect-calendar.ts';
import { restoreEvent, showLedger } from '../../src/use-cases/calendar/ledger.ts';
import { showCalendar } from '../../src/use-cases/calendar/show-calendar.ts';
import type { Caller } from '../../src/use-cases/context.ts';
import { createBetween, startMortalWorker } from './mortal-worker.ts';
import { calendarOf, type Rig } from './rig.ts';
import { shareRig } from './share-rig.ts';

/* What a person does while a worker is in the middle of their calendar. */

/** Of a machine that does other things too. */
const PATIENCE = { timeout: 30_000 };

let rig: Rig;
let admin: Caller;
let jane: Caller;

shareRig((shared) => {
  ({ rig, admin } = shared);
});

beforeEach(async () => {
  jane = await rig.person('customer', null, 'Jane Doe');
  await rig.connect(jane);
});

afterEach(() => rig.worker.idle());

const events = (): string[] => rig.google.events(calendarOf(jane)).map((event) => String(event.fields['startsAt']));

async function book(rrule?: string): Promise<number> {
  const order = await rig.order(jane, [], rrule === undefined ? {} : { rrule });
  const [id] = await rig.confirm(admin, order);
  if (id === undefined) throw new Error('no appointment');
  return id;
}

/** Keeps the next call to Jane's calendar waiting until `meanwhile` is done, and lets the worker finish. */
async function duringACall(begin: () => Promise<unknown>, meanwhile: () => Promise<unknown>): Promise<void> {
  const gate = Promise.withResolvers<void>();
  rig.gates.set(calendarOf(jane), gate.promise);
  const calls = rig.google.calls.length;
  await begin();
  await expect.poll(() => rig.google.calls.length, PATIENCE).toBeGreaterThan(calls);
  await meanwhile();
  gate.resolve();
  rig.gates.delete(calendarOf(jane));
  await rig.worker.idle();
  await rig.settle();
}

/** Links that a worker has taken, or has left behind as it died. */
async function countInFlight(): Promise<number> {
  const found = await sql<{ count: number }>`select count(*)::int as count from links where in_flight`.execute(
    rig.context.database.db,
  );
  return found.rows[0]?.count ?? 0;
}

async function untilTwoBatchesAreTaken(): Promise<void> {
  await expect.poll(countInFlight, PATIENCE).toBe(40);
}

const fill = (): Promise<number> => book('FREQ=DAILY;COUNT=45');
const disconnect = (removeEvents: boolean): Promise<unknown> =>
  disconnectCalendar(rig.context, jane, { provider: 'google', removeEvents, connectionId: null });

describe('in the middle of a first filling', () => {
  it('the next events are taken while the first are sent, and each is written once', async () => {
    const calls = rig.google.calls.length;
    await duringACall(fill, untilTwoBatchesAreTaken);
    expect(rig.google.calls.slice(calls).map(({ operations }) => operations.length)).toEqual([20, 20, 5]);
    expect(events()).toHaveLength(45);
    expect(await countInFlight()).toBe(0);
  });

  it('what was taken ahead is due as before when the first are refused', async () => {
    rig.google.fail({
      failure: { kind: 'retry_later', code: 'rate_limited', afterMs: MINUTE, scope: 'connection' },
      match: (_, { calendarId }) => calendarId === calendarOf(jane),
    });
    await duringACall(fill, untilTwoBatchesAreTaken);
    expect(await countInFlight()).toBe(0);
    rig.clock.advance(MINUTE);
    await rig.settle();
    expect(events()).toHaveLength(45);
  });

  it('sync switched off leaves no event behind', async () => {
    await duringACall(fill, () => changeCalendarSettings(rig.context, jane, { calendarSyncEnabled: false }));
    expect(events()).toEqual([]);
  });

  it('disconnecting with removal leaves no event behind', async () => {
    await duringACall(fill, () => disconnect(true));
    expect(events()).toEqual([]);
    expect((await showCalendar(rig.context, jane)).connections).toEqual([]);
  });

  it('disconnecting without removal writes nothing more', async () => {
    const calls = rig.google.calls.length;
    await duringACall(fill, () => disconnect(false));
    expect(rig.google.calls.length - calls).toBe(1);
    expect((await showCalendar(rig.context, jane)).connections).toEqual([]);
  });

  it('a new reminder reaches every event', async () => {
    await duringACall(fill, () => changeCalendarSettings(rig.context, jane, { reminderMinutes: 25 }));
    const reminders = rig.google.events(calendarOf(jane)).map((event) => event.fields['reminderMinutes']);
    expect(reminders).toEqual(Array.from({ length: 45 }, () => 25));
  });

  it('connecting again waits for the call under way', async () => {
    const second = rig.secondWorker();
    await duringACall(fill, async () => {
      await rig.connect(jane);
      await second.sweep();
      // What the second one may begin, it begins within a few answers of the database.
      for (let i = 0; i < 5; i += 1) await showCalendar(rig.context, jane);
    });
    await second.idle();
    expect(rig.google.mostAtOnce()).toBe(1);
    expect(events()).toHaveLength(45);
  });
});

/** Changes something and waits until the worker has been told, which PostgreSQL does a moment after the commit. */
async function untilHeard(change: () => Promise<unknown>): Promise<void> {
  const heard = Promise.withResolvers<void>();
  const unlisten = await rig.context.database.listen(SYNC_CHANNEL, () => heard.resolve());
  await change();
  await heard.promise;
  await unlisten();
}

describe('disconnecting', () => {
  it('waits for an event whose removal has to be tried again', async () => {
    await book('FREQ=DAILY;COUNT=3');
    await rig.settle();
    rig.google.fail({
      failure: { kind: 'retry_later', code: 'concurrent_change', afterMs: null, scope: 'link' },
      match: (operation, { calendarId }) => operation.kind === 'delete' && calendarId === calendarOf(jane),
    });
    await disconnect(true);
    await rig.settle();
    expect((await showCalendar(rig.context, jane)).connections).toMatchObject([{ status: 'disconnecting' }]);
    rig.clock.advance(MINUTE);
    await rig.settle();
    expect(events()).toEqual([]);
    expect((await showCalendar(rig.context, jane)).connections).toEqual([]);
  });
});

describe('an event that its owner deleted', () => {
  async function hidden(): Promise<{ id: number; connectionId: number }> {
    const id = await book();
    await rig.settle();
    rig.google.remove(calendarOf(jane), String(rig.google.events(calendarOf(jane))[0]?.remoteId));
    await changeAppointment(rig.context, admin, id, { notes: 'Mind the step' });
    await rig.settle();
    const [row] = (await showLedger(rig.context, jane, id)).entries;
    expect(row?.state).toBe('suppressed');
    return { id, connectionId: row?.connectionId ?? 0 };
  }

  it('is there once when it is restored while it is being written again', async () => {
    const { id, connectionId } = await hidden();
    await duringACall(
      async () => {
        await changeAppointment(rig.context, admin, id, { startsAt: '2026-12-04T09:00:00' });
        rig.clock.advance(SETTLE_MS);
      },
      () =>
        restoreEvent(rig.context, jane, id, connectionId).catch((error: unknown) =>
          expect(error).toMatchObject({ code: 'nothing_to_restore' }),
        ),
    );
    expect(events()).toEqual(['2026-12-04T09:00:00.000Z']);
  });

  it('stays away when a killed worker had written it again and the appointment moves back', async () => {
    const { id, connectionId } = await hidden();
    const between = createBetween();
    const errors: unknown[] = [];
    const mortal = startMortalWorker(rig, between, (error) => errors.push(error));
    const gate = Promise.withResolvers<void>();
    between.held.set(calendarOf(jane), { when: 'after', opened: gate.promise, open: gate.resolve });
    // Nobody else takes it: the lease goes to the one that dies.
    await sql`update connections set not_before = ${new Date(rig.clock.now().getTime() + MINUTE)}
      where id = ${connectionId}`.execute(rig.context.database.db);
    await untilHeard(() => changeAppointment(rig.context, admin, id, { startsAt: '2026-12-04T09:00:00' }));
    rig.clock.advance(SETTLE_MS);
    await rig.settle();
    await sql`update connections set not_before = null where id = ${connectionId}`.execute(rig.context.database.db);
    mortal.worker.wake([connectionId]);
    await expect.poll(events, PATIENCE).toHaveLength(1);
    mortal.dieAfter(0);
    await sql`update connections set lease_until = null where id = ${connectionId}`.execute(rig.context.database.db);
    await changeAppointment(rig.context, admin, id, { startsAt: '2026-12-01T09:00:00' });
    await rig.settle();
    await mortal.bury();
    expect(errors).toEqual([]);
    // That nothing is there is believed the second time only.
    rig.clock.advance(3 * MINUTE);
    await rig.settle();
    expect(events()).toEqual([]);
    expect((await showLedger(rig.context, jane, id)).entries[0]?.state).toBe('suppressed');
  });
});
