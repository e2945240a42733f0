import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { sql } from '../../src/db/sql.ts';
import { markEverything } from '../../src/store/mark-links.ts';
import { answerGuard } from '../../src/use-cases/calendar/answer-guard.ts';
import { showCalendar, type ConnectionView } from '../../src/use-cases/calendar/show-calendar.ts';
import { syncNow } from '../../src/use-cases/calendar/sync-now.ts';
import { cancelOrder } from '../../src/use-cases/cancel-order.ts';
import type { Caller } from '../../src/use-cases/context.ts';
import { markingNow } from '../../src/use-cases/marking.ts';
import { calendarOf, type Rig } from './rig.ts';
import { shareRig } from './share-rig.ts';

/* Much of a calendar disappears only when a person wants it to. */

const VISITS = 20;

let database: Database;
let rig: Rig;
let admin: Caller;
let jane: Caller;
let orderId: number;

shareRig((shared) => {
  ({ database, rig, admin } = shared);
});

beforeEach(async () => {
  jane = await rig.person('customer', null, 'Jane Doe');
  await rig.connect(jane);
  orderId = await rig.order(jane, [], { rrule: `FREQ=DAILY;COUNT=${VISITS}` });
  await rig.confirm(admin, orderId);
  await rig.settle();
  await syncNow(rig.context, jane);
  await rig.settle();
  expect(events()).toHaveLength(VISITS);
});

afterEach(() => rig.settle());

const events = (): string[] => rig.google.events(calendarOf(jane)).map(({ remoteId }) => remoteId);

async function connection(): Promise<ConnectionView> {
  const [own] = (await showCalendar(rig.context, jane)).connections;
  return own ?? expect.fail('not connected');
}

async function answer(how: 'proceed' | 'keep'): Promise<void> {
  await answerGuard(rig.context, jane, (await connection()).id, how);
  await rig.settle();
}

describe('when the owner seems to have deleted most of our events', () => {
  beforeEach(async () => {
    for (const id of events().slice(0, 15)) rig.google.remove(calendarOf(jane), id);
    await syncNow(rig.context, jane);
    await rig.settle();
    expect(await connection()).toMatchObject({
      status: 'paused',
      error: { code: 'deletion_guard', action: 'answer' },
      question: { kind: 'removal', count: 15, of: VISITS },
    });
    expect(events()).toHaveLength(5);
  });

  it('they stay away if that was meant', async () => {
    await answer('proceed');
    expect(await connection()).toMatchObject({ status: 'active', error: null, question: null, pending: 0 });
    expect(events()).toHaveLength(5);
    await syncNow(rig.context, jane);
    await rig.settle();
    expect((await connection()).status).toBe('active');
  });

  it('they come back if it was not, each once', async () => {
    await answer('keep');
    expect(await connection()).toMatchObject({ status: 'active', question: null, pending: 0 });
    expect(events()).toHaveLength(VISITS);
    await syncNow(rig.context, jane);
    await rig.settle();
    expect(events()).toHaveLength(VISITS);
  });

  it('what the company changes meanwhile is not lost', async () => {
    await rig.confirm(admin, await rig.order(jane, [], { startsAt: '2026-12-28T15:00:00' }));
    await rig.settle();
    expect(events()).toHaveLength(5);
    await answer('proceed');
    expect(events()).toHaveLength(6);
  });

  it('is nobody else’s to answer, and once', async () => {
    const { id } = await connection();
    const refused = { code: 'no_question' };
    await expect(answerGuard(rig.context, admin, id, 'keep')).rejects.toMatchObject(refused);
    await answer('proceed');
    await expect(answerGuard(rig.context, jane, id, 'keep')).rejects.toMatchObject(refused);
  });
});

it('what is over does not make a deletion look small', async () => {
  // A year of visits that are over: the calendar has far more events than are still to come.
  await sql`update links set starts_at = ${rig.clock.now()}::timestamptz - interval '30 days'
    from appointments a where a.id = links.appointment_id and a.order_id = ${orderId}`.execute(rig.context.database.db);
  const coming = await rig.order(jane, [], { startsAt: '2026-12-02T15:00:00', rrule: 'FREQ=DAILY;COUNT=12' });
  await rig.confirm(admin, coming);
  await rig.settle();
  for (const { remoteId, fields } of rig.google.events(calendarOf(jane))) {
    if (String(fields['startsAt']).includes('T15:00')) rig.google.remove(calendarOf(jane), remoteId);
  }
  await syncNow(rig.context, jane);
  await rig.settle();
  expect(await connection()).toMatchObject({ status: 'paused', question: { kind: 'removal', count: 12, of: 12 } });
});

it('a few deletions are not asked about', async () => {
  for (const id of events().slice(0, 3)) rig.google.remove(calendarOf(jane), id);
  await syncNow(rig.context, jane);
  await rig.settle();
  expect(await connection()).toMatchObject({ status: 'active', question: null });
});

it('what people did themselves is carried out', async () => {
  await cancelOrder(rig.context, admin, orderId);
  await rig.settle();
  expect(events()).toEqual([]);
  expect((await connection()).question).toBeNull();
});

describe('when new rules of ours would delete most of them', () => {
  beforeEach(async () => {
    // As a new version of the program might see it: these visits no longer concern her.
    await sql`update appointments set status = 'cancelled' where order_id = ${orderId}`.execute(
      rig.context.database.db,
    );
    await database.transaction((tx) => markEverything(tx, { ...markingNow(rig.context, 1), asked: false }));
    await rig.settle();
    expect(await connection()).toMatchObject({
      status: 'paused',
      question: { kind: 'deletion', count: VISITS, of: VISITS },
    });
    expect(events()).toHaveLength(VISITS);
  });

  it('they go if that is right', async () => {
    await answer('proceed');
    expect(events()).toEqual([]);
    expect(await connection()).toMatchObject({ status: 'active', question: null, pending: 0 });
  });

  it('they stay if it is not', async () => {
    await answer('keep');
    expect(events()).toHaveLength(VISITS);
    expect(await connection()).toMatchObject({ status: 'active', question: null, pending: 0 });
  });
});
