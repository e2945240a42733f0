import { beforeEach, afterEach, describe, expect, it, vi } from 'vitest';
import { MINUTE } from '../../src/base/time.ts';
import { sql } from '../../src/db/sql.ts';
import type { MemoryEvent } from '../../src/providers/memory/provider.ts';
import { assignAppointment } from '../../src/use-cases/assign-appointment.ts';
import { changeAppointment } from '../../src/use-cases/change-appointment.ts';
import { restoreEvent, showLedger } from '../../src/use-cases/calendar/ledger.ts';
import { showActivity } from '../../src/use-cases/calendar/list-activity.ts';
import { syncNow } from '../../src/use-cases/calendar/sync-now.ts';
import type { Caller } from '../../src/use-cases/context.ts';
import { calendarOf, READING, type Rig } from './rig.ts';
import { shareRig } from './share-rig.ts';

/* What people do to our events in their own calendars is read back, and answered as they would expect. */

let rig: Rig;
let admin: Caller;
let sarah: Caller;
let jane: Caller;

shareRig((shared) => {
  ({ rig, admin } = shared);
});

beforeEach(async () => {
  sarah = await rig.person('staff', null, 'Sarah Miller');
  jane = await rig.person('customer', null, 'Jane Doe');
  await rig.connect(jane);
});

afterEach(() => rig.settle());

async function visit(): Promise<number> {
  const [id] = await rig.confirm(admin, await rig.order(jane, [sarah]));
  await rig.settle();
  return id ?? expect.fail('no appointment');
}

function event(): MemoryEvent {
  return rig.google.events(calendarOf(jane))[0] ?? expect.fail('no event');
}

const edit = (change: Record<string, unknown>): void =>
  rig.google.edit(calendarOf(jane), event().remoteId, { fields: { ...event().fields, ...change } });

async function readBack(): Promise<void> {
  await syncNow(rig.context, jane);
  await rig.settle();
}

async function state(id: number): Promise<string | undefined> {
  return (await showLedger(rig.context, jane, id)).entries[0]?.state;
}

async function activity(): Promise<string[]> {
  const { lines } = await showActivity(rig.context, jane, { cursor: undefined, limit: 20 });
  return lines.map(({ kind }) => kind);
}

const writes = (): number => rig.google.calls.flatMap(({ operations }) => operations).length;

describe('reading back', () => {
  it('an event that its owner deleted is recorded as hidden, not made again', async () => {
    const id = await visit();
    rig.google.remove(calendarOf(jane), event().remoteId);
    await readBack();
    expect(await state(id)).toBe('suppressed');
    expect(rig.google.events(calendarOf(jane))).toEqual([]);
    expect((await activity())[0]).toBe('event_hidden');
    await restoreEvent(rig.context, jane, id, (await showLedger(rig.context, jane, id)).entries[0]?.connectionId ?? 0);
    await rig.settle();
    expect(rig.google.events(calendarOf(jane))).toHaveLength(1);
  });

  it('the activity names the visit that it is of, but not to whom it concerns no more', async () => {
    await rig.connect(sarah);
    const id = await visit();
    const named = async (person: Caller) =>
      (await showActivity(rig.context, person, { cursor: undefined, limit: 20 })).lines
        .filter(({ appointmentId }) => appointmentId === id)
        .map(({ appointment }) => appointment);
    const [own] = await named(jane);
    expect(own).toEqual({ service: expect.any(String), startsAt: expect.any(Date) });
    expect((await named(sarah))[0]).toEqual(own);
    await assignAppointment(rig.context, admin, id, { staffIds: [] });
    await rig.settle();
    expect((await named(sarah)).length).toBeGreaterThan(1);
    expect((await named(sarah)).every((appointment) => appointment === null)).toBe(true);
    expect((await named(jane))[0]).toEqual(own);
  });

  it('the ledger tells since when it is hidden, also after changes that leave it so', async () => {
    const id = await visit();
    const row = async () => (await showLedger(rig.context, jane, id)).entries[0] ?? expect.fail('no row');
    const written = await row();
    expect(written).toMatchObject({ state: 'synced', since: written.syncedAt });
    rig.clock.advance(27 * MINUTE);
    rig.google.remove(calendarOf(jane), event().remoteId);
    const removed = rig.clock.now();
    await readBack();
    const hidden = await row();
    expect(hidden).toMatchObject({ state: 'suppressed', syncedAt: written.syncedAt });
    expect(hidden.since?.getTime()).toBeGreaterThanOrEqual(removed.getTime());
    rig.clock.advance(27 * MINUTE);
    await changeAppointment(rig.context, admin, id, { notes: 'Mind the step' });
    expect(await row()).toMatchObject({ state: 'pending', since: null });
    await rig.settle();
    expect(await row()).toMatchObject({ state: 'suppressed', since: hidden.since });
  });

  it('who asks for it while a reading is under way gets another one', async () => {
    const id = await visit();
    const { readChanges } = rig.google;
    const reading = vi.spyOn(rig.google, 'readChanges').mockImplementationOnce(async (...asked) => {
      const answer = await readChanges(...asked);
      rig.google.remove(calendarOf(jane), event().remoteId);
      rig.clock.advance(1);
      await syncNow(rig.context, jane);
      return answer;
    });
    await readBack();
    reading.mockRestore();
    expect(await state(id)).toBe('suppressed');
  });

  it('what its owner changed of ours is put back once, and said', async () => {
    await visit();
    const before = event().fields;
    edit({ title: 'My own title' });
    await readBack();
    expect(event().fields).toEqual(before);
    expect((await activity())[0]).toBe('event_put_back');
  });

  it('changed again, it stays as its owner wants it, until the appointment changes', async () => {
    const id = await visit();
    edit({ title: 'Mine' });
    await readBack();
    edit({ title: 'Mine again' });
    await readBack();
    expect(event().fields['title']).toBe('Mine again');
    expect((await activity())[0]).toBe('event_left_changed');
    const calls = writes();
    await readBack();
    expect(writes()).toBe(calls);
    await changeAppointment(rig.context, admin, id, { notes: 'Mind the step' });
    await rig.settle();
    expect(event().fields['title']).toBe('VALClean: Deep clean');
  });

  it('colour and reminder stay its owner’s, and cost no write', async () => {
    await visit();
    rig.google.edit(calendarOf(jane), event().remoteId, { colour: 'tomato', ownReminderMinutes: 5 });
    const { etag } = event();
    await readBack();
    expect(event()).toMatchObject({ colour: 'tomato', ownReminderMinutes: 5, etag });
    expect(await activity()).not.toContain('event_put_back');
  });

  it('our own writes are no change', async () => {
    await visit();
    await readBack();
    const calls = writes();
    await readBack();
    expect(writes()).toBe(calls);
  });

  it('happens by itself every few minutes, at the cost of one reading', async () => {
    await visit();
    rig.google.remove(calendarOf(jane), event().remoteId);
    const reads = rig.google.reads();
    rig.clock.advance(READING.pollMs * 2);
    await rig.settle();
    expect(rig.google.events(calendarOf(jane))).toEqual([]);
    expect(rig.google.reads()).toBeGreaterThan(reads);
    expect((await activity())[0]).toBe('event_hidden');
  });

  it('a forgotten cursor means a reading from the start, which finds what is missing', async () => {
    const ids = await rig.confirm(admin, await rig.order(jane, [sarah], { rrule: 'FREQ=DAILY;COUNT=25' }));
    await rig.settle();
    await readBack();
    rig.google.remove(calendarOf(jane), event().remoteId);
    rig.google.forgetCursors();
    await readBack();
    const states = await Promise.all(ids.map((id) => state(id)));
    expect(states.filter((one) => one === 'suppressed')).toHaveLength(1);
    expect(states.filter((one) => one === 'synced')).toHaveLength(24);
  });

  it('such a reading finds what is missing among more than are compared at once', async () => {
    for (const hour of ['08', '11', '14', '17']) {
      const startsAt = `2026-12-01T${hour}:00:00`;
      await rig.confirm(admin, await rig.order(jane, [], { startsAt, rrule: 'FREQ=DAILY;COUNT=300' }));
    }
    await rig.settle();
    await readBack();
    const ids = rig.google.events(calendarOf(jane)).map(({ remoteId }) => remoteId);
    const inOrder = ids.toSorted();
    expect(ids).toHaveLength(1_200);
    const deleted = [inOrder[0], inOrder[999], inOrder[1_000], inOrder[1_199]];
    for (const id of deleted) rig.google.remove(calendarOf(jane), id ?? '');
    rig.google.forgetCursors();
    await readBack();
    const hidden = await sql<{ count: number }>`
      select count(*)::int as count from links where state = 'suppressed' and connection_id in
        (select id from connections where user_id = ${jane.id})`.execute(rig.context.database.db);
    expect(hidden.rows[0]?.count).toBe(deleted.length);
    expect(rig.google.events(calendarOf(jane))).toHaveLength(1_200 - deleted.length);
  });

  it('a reading that fails is repeated from where it was, and writing goes on', async () => {
    const id = await visit();
    rig.google.remove(calendarOf(jane), event().remoteId);
    rig.google.fail({
      reads: true,
      failure: { kind: 'retry_later', code: 'unavailable', afterMs: null, scope: 'connection' },
    });
    await readBack();
    expect(await state(id)).toBe('synced');
    rig.clock.advance(MINUTE);
    await rig.settle();
    expect(await state(id)).toBe('suppressed');
  });

  it('a calendar that its owner deleted asks for its owner', async () => {
    await visit();
    rig.google.removeCalendar(calendarOf(jane));
    await readBack();
    expect((await activity())[0]).toBe('reauth_required');
  });
});
