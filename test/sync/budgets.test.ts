import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/base/time.ts';
import { sql } from '../../src/db/sql.ts';
import type { ProviderLimits } from '../../src/sync/provider.ts';
import { cancelAppointment } from '../../src/use-cases/cancel-appointment.ts';
import { showCalendar } from '../../src/use-cases/calendar/show-calendar.ts';
import { syncNow } from '../../src/use-cases/calendar/sync-now.ts';
import type { Caller } from '../../src/use-cases/context.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { calendarOf, startRig, type Rig } from './rig.ts';

/* No account and no provider is called more often than its quota allows, whoever calls; what people wait for comes first. */

let opened: TestDatabase;
let rig: Rig;
let admin: Caller;
let jane: Caller;

beforeEach(async () => {
  opened = await openTestDatabase();
});

afterEach(async () => {
  expect(rig.errors).toEqual([]);
  await rig.close();
  await opened.close();
});

async function begin(limits: Partial<ProviderLimits>): Promise<void> {
  rig = await startRig(opened.database, { limits });
  admin = await rig.person('admin');
  jane = await rig.person('customer', null, 'Jane Doe');
}

/** Jane's calendar is filled with as many visits. */
async function fill(visits: number): Promise<number[]> {
  const ids = await rig.confirm(admin, await rig.order(jane, [], { rrule: `FREQ=DAILY;COUNT=${visits}` }));
  await rig.connect(jane);
  return ids;
}

const events = (person: Caller = jane): number => rig.google.events(calendarOf(person)).length;

describe('the budget of an account', () => {
  it('is never exceeded within a minute, and the rest follows by itself', async () => {
    await begin({ accountPerMinute: 60 });
    await fill(100);
    await rig.settle();
    expect(events()).toBe(54);
    rig.clock.advance(30 * SECOND);
    await rig.settle();
    expect(events()).toBe(54);
    rig.clock.advance(31 * SECOND);
    await rig.settle();
    expect(events()).toBe(100);
  });

  it('keeps a part for what people wait for', async () => {
    await begin({ accountPerMinute: 60 });
    const ids = await fill(100);
    await rig.settle();
    await cancelAppointment(rig.context, admin, ids[0] ?? 0);
    await rig.settle();
    expect(events()).toBe(53);
  });

  it('goes along with the lease to another node', async () => {
    await begin({ accountPerMinute: 60 });
    await fill(100);
    await rig.settle();
    const other = rig.secondWorker();
    await other.sweep();
    await other.idle();
    expect(events()).toBe(54);
  });
});

describe('the budget of the whole app', () => {
  it('is shared by all nodes', async () => {
    await begin({ appPerMinute: 120 });
    const people = [jane, await rig.person('customer'), await rig.person('customer')];
    await rig.confirm(admin, await rig.order(jane, [], { rrule: 'FREQ=DAILY;COUNT=60' }));
    for (const person of people.slice(1)) {
      await rig.confirm(admin, await rig.order(person, [], { rrule: 'FREQ=DAILY;COUNT=60' }));
    }
    const workers = [rig.worker, rig.secondWorker(), rig.secondWorker()];
    for (const person of people) await rig.connect(person);
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(workers.map((worker) => worker.sweep()));
      await Promise.all(workers.map((worker) => worker.idle()));
    }
    const written = people.reduce((sum, person) => sum + events(person), 0);
    // Half a minute's calls at once, the fifth that backfills leave to others kept back, and what came in meanwhile.
    expect(written).toBeGreaterThan(0);
    expect(written).toBeLessThanOrEqual(60);
    for (const person of people) {
      expect((await showCalendar(rig.context, person)).connections).toMatchObject([{ status: 'active', failed: 0 }]);
    }
    await sql`update provider_budgets set allowance = 10000`.execute(opened.database.db);
    // A bucket holds no more than half a minute's calls, whatever was put into it.
    rig.clock.advance(SECOND);
    await rig.settle();
    expect(people.reduce((sum, person) => sum + events(person), 0)).toBeLessThanOrEqual(written + 61);
  });

  it('is taken by every page of a reading', async () => {
    await begin({ appPerMinute: 120 });
    const begun = performance.now();
    await fill(40);
    await rig.settle();
    expect(events()).toBe(40);
    for (let round = 0; round < 10; round += 1) {
      rig.google.forgetCursors();
      await syncNow(rig.context, jane);
      await rig.settle();
    }
    // Half a minute's calls at once, without the fifth for what people wait for; what came in meanwhile, and one reading.
    const calls = rig.google.calls.flatMap(({ operations }) => operations).length + rig.google.reads();
    expect(rig.google.reads()).toBeGreaterThan(4);
    expect(calls).toBeLessThanOrEqual(60 + Math.ceil((performance.now() - begun) / SECOND));
    // What is owed is paid, and then it goes on.
    await sql`update provider_budgets set allowance = 60`.execute(opened.database.db);
    const reads = rig.google.reads();
    await syncNow(rig.context, jane);
    rig.clock.advance(SECOND);
    await rig.settle();
    expect(rig.google.reads()).toBeGreaterThan(reads);
  });

  it('a provider that asks our app to wait is left alone by every node', async () => {
    await begin({});
    const omar = await rig.person('customer');
    await rig.connect(jane);
    await rig.connect(omar);
    await rig.settle();
    rig.google.fail({
      failure: { kind: 'retry_later', code: 'project_rate_limited', afterMs: MINUTE, scope: 'app' },
    });
    await rig.confirm(admin, await rig.order(jane, []));
    await rig.settle();
    const calls = rig.google.calls.length;
    await rig.confirm(admin, await rig.order(omar, []));
    const other = rig.secondWorker();
    await other.sweep();
    await other.idle();
    await rig.settle();
    expect(rig.google.calls).toHaveLength(calls);
    rig.clock.advance(3 * MINUTE);
    await rig.settle();
    expect([events(jane), events(omar)]).toEqual([1, 1]);
  });
});
