import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/base/time.ts';
import type { MemoryFault } from '../../src/providers/memory/faults.ts';
import { assignAppointment } from '../../src/use-cases/assign-appointment.ts';
import { cancelAppointment } from '../../src/use-cases/cancel-appointment.ts';
import { changeAppointment } from '../../src/use-cases/change-appointment.ts';
import { changeCalendarSettings } from '../../src/use-cases/calendar/change-calendar-settings.ts';
import { disconnectCalendar } from '../../src/use-cases/calendar/disconnect-calendar.ts';
import { restoreEvent, showLedger } from '../../src/use-cases/calendar/ledger.ts';
import { showCalendar } from '../../src/use-cases/calendar/show-calendar.ts';
import { syncNow } from '../../src/use-cases/calendar/sync-now.ts';
import type { Caller } from '../../src/use-cases/context.ts';
import { calendarOf, type Rig } from './rig.ts';
import { shareRig } from './share-rig.ts';

let rig: Rig;
let admin: Caller;
let manager: Caller;
let sarah: Caller;
let tom: Caller;
let jane: Caller;

shareRig((shared) => {
  ({ rig, admin } = shared);
});

beforeAll(() => rig.connect(admin));

// Every test has people of its own, but for the admin, who sees the whole company grow.
beforeEach(async () => {
  manager = await rig.person('manager');
  sarah = await rig.person('staff', manager.id, 'Sarah Miller');
  tom = await rig.person('staff', manager.id, 'Tom King');
  jane = await rig.person('customer', null, 'Jane Doe');
});

afterEach(async () => {
  await rig.settle();
  rig.oauth.failure = null;
});

const titles = (person: Caller): unknown[] =>
  rig.google.events(calendarOf(person)).map((event) => event.fields['title']);

async function confirmed(staff: readonly Caller[] = [sarah]): Promise<number> {
  const [id] = await rig.confirm(admin, await rig.order(jane, staff));
  await rig.settle();
  if (id === undefined) throw new Error('no appointment');
  return id;
}

function failForJane(fault: MemoryFault): void {
  rig.google.fail({ ...fault, match: (_, { calendarId }) => calendarId === calendarOf(jane) });
}

async function connectEverybody(): Promise<void> {
  for (const person of [manager, sarah, tom, jane]) await rig.connect(person);
}

describe('a confirmed order', () => {
  it('appears in the calendar of everyone concerned, each with content of their own', async () => {
    await connectEverybody();
    await confirmed();
    expect(titles(jane)).toEqual(['VALClean: Deep clean']);
    expect(titles(sarah)).toEqual(['Deep clean – Jane Doe']);
    expect(titles(manager)).toEqual(['Sarah M. · Deep clean – Jane Doe']);
    expect(titles(admin).at(-1)).toMatch(/^Sarah M\. · Deep clean – Jane Doe #\d+$/);
    expect(titles(tom)).toEqual([]);
  });

  it('wakes the worker in the same moment, without a sweep', async () => {
    await rig.connect(jane);
    const orderId = await rig.order(jane, []);
    await rig.confirm(admin, orderId);
    await expect.poll(() => titles(jane)).toHaveLength(1);
  });

  it('moves when it is rescheduled, in place', async () => {
    await connectEverybody();
    const id = await confirmed();
    const before = rig.google.events(calendarOf(sarah))[0];
    await changeAppointment(rig.context, admin, id, { startsAt: '2026-12-02T14:00:00+00:00' });
    await rig.settle();
    const after = rig.google.events(calendarOf(sarah))[0];
    expect(after?.remoteId).toBe(before?.remoteId);
    expect(after?.fields['startsAt']).toBe('2026-12-02T14:00:00.000Z');
  });

  it('changes hands when it is reassigned', async () => {
    await connectEverybody();
    const id = await confirmed();
    await assignAppointment(rig.context, admin, id, { staffIds: [tom.id] });
    await rig.settle();
    expect(titles(sarah)).toEqual([]);
    expect(titles(tom)).toEqual(['Deep clean – Jane Doe']);
    expect(titles(manager)).toEqual(['Tom K. · Deep clean – Jane Doe']);
    await assignAppointment(rig.context, admin, id, { staffIds: [sarah.id] });
    await rig.settle();
    expect(titles(sarah)).toHaveLength(1);
    expect(titles(tom)).toEqual([]);
  });

  it('is gone when it is cancelled', async () => {
    await connectEverybody();
    const others = titles(admin).length;
    const id = await confirmed();
    await cancelAppointment(rig.context, admin, id);
    await rig.settle();
    for (const person of [jane, sarah, manager]) expect(titles(person)).toEqual([]);
    expect(titles(admin)).toHaveLength(others);
  });

  it('costs no call for those whose content did not change', async () => {
    await connectEverybody();
    const id = await confirmed();
    const calls = rig.google.calls.length;
    await changeAppointment(rig.context, admin, id, { internalNotes: 'Bring the ladder' });
    await rig.settle();
    const told = rig.google.calls.slice(calls).map((call) => call.session.calendarId);
    expect(told.toSorted()).toEqual([calendarOf(admin), calendarOf(manager)].toSorted());
  });

  it('is in the ledger of those who may see it', async () => {
    await connectEverybody();
    const id = await confirmed();
    const names = async (caller: Caller): Promise<number[]> =>
      (await showLedger(rig.context, caller, id)).entries.map((row) => row.userId).toSorted((a, b) => a - b);
    expect(await names(admin)).toEqual([admin.id, manager.id, sarah.id, jane.id].toSorted((a, b) => a - b));
    expect(await names(manager)).toEqual([manager.id, sarah.id]);
    expect(await names(jane)).toEqual([jane.id]);
    await expect(showLedger(rig.context, tom, id)).rejects.toMatchObject({ code: 'not_found' });
    const [row] = (await showLedger(rig.context, jane, id)).entries;
    expect(row).toMatchObject({ state: 'synced', role: 'customer', error: null });
  });
});

describe('connecting', () => {
  it('fills the calendar with what is coming, soonest first, in batches', async () => {
    await rig.confirm(admin, await rig.order(jane, [], { rrule: 'FREQ=DAILY;COUNT=45' }));
    await rig.connect(jane);
    await rig.settle();
    const events = rig.google.events(calendarOf(jane));
    expect(events).toHaveLength(45);
    const starts = events.map((event) => String(event.fields['startsAt']));
    expect(starts).toEqual(starts.toSorted());
    const calls = rig.google.calls.filter(({ session }) => session.calendarId === calendarOf(jane));
    expect(calls.length).toBeLessThan(5);
    const page = await showCalendar(rig.context, jane);
    expect(page.connections).toMatchObject([{ status: 'active', pending: 0, failed: 0, backfill: null }]);
  });

  it('refuses an account that serves another user', async () => {
    await rig.connect(jane);
    await expect(rig.connect(tom, 'google', jane)).rejects.toThrow('account_already_linked');
  });
});

describe('a calendar that fails', () => {
  it('keeps the work and catches up', async () => {
    await rig.connect(jane);
    failForJane({ failure: { kind: 'retry_later', code: 'backend_error', afterMs: null, scope: 'connection' } });
    await confirmed();
    expect(titles(jane)).toEqual([]);
    rig.clock.advance(10 * SECOND);
    await rig.settle();
    expect(titles(jane)).toHaveLength(1);
  });

  it('looks up what became of a call whose answer was lost', async () => {
    await rig.connect(jane);
    failForJane({ failure: { kind: 'unknown_outcome', code: 'answer_lost' }, when: 'after' });
    const id = await confirmed();
    rig.clock.advance(MINUTE);
    await rig.settle();
    expect(titles(jane)).toHaveLength(1);
    expect((await showLedger(rig.context, jane, id)).entries[0]?.state).toBe('synced');
  });

  it('asks its owner when the grant is dead, keeps the work, and goes on after reconnecting', async () => {
    await rig.connect(jane);
    rig.oauth.failure = { kind: 'reauth_required', code: 'invalid_grant' };
    rig.clock.advance(2 * HOUR);
    await confirmed();
    expect((await showCalendar(rig.context, jane)).connections).toMatchObject([
      { status: 'reauth_required', pending: 1, error: { action: 'reconnect' } },
    ]);
    rig.oauth.failure = null;
    await rig.connect(jane);
    await rig.settle();
    expect(titles(jane)).toHaveLength(1);
  });

  it('refreshes once when a token is refused ahead of its time', async () => {
    await rig.connect(jane);
    failForJane({ failure: { kind: 'reauth_required', code: 'access_token_rejected' } });
    await confirmed();
    expect(rig.oauth.refreshes).toBe(1);
    expect(titles(jane)).toHaveLength(1);
  });

  it('does not wait for one account when it serves another', async () => {
    await rig.connect(jane);
    await rig.connect(sarah);
    const { promise, resolve } = Promise.withResolvers<void>();
    rig.gates.set(calendarOf(jane), promise);
    await rig.confirm(admin, await rig.order(jane, [sarah]));
    await expect.poll(() => titles(sarah)).toHaveLength(1);
    expect(titles(jane)).toEqual([]);
    resolve();
    await rig.settle();
    expect(titles(jane)).toHaveLength(1);
  });

  it('shows one refused event as failed and writes the others', async () => {
    await rig.connect(jane);
    failForJane({ failure: { kind: 'refused', code: 'invalid' } });
    await rig.confirm(admin, await rig.order(jane, [], { rrule: 'FREQ=DAILY;COUNT=5' }));
    await rig.settle();
    expect(titles(jane)).toHaveLength(4);
    expect((await showCalendar(rig.context, jane)).connections).toMatchObject([{ failed: 1, pending: 0 }]);
  });
});

describe('its owner', () => {
  it('may delete an event: it stays away until restored', async () => {
    await rig.connect(jane);
    const id = await confirmed();
    rig.google.remove(calendarOf(jane), String(rig.google.events(calendarOf(jane))[0]?.remoteId));
    await changeAppointment(rig.context, admin, id, { notes: 'Ring three times' });
    await rig.settle();
    expect(titles(jane)).toEqual([]);
    const [row] = (await showLedger(rig.context, jane, id)).entries;
    expect(row?.state).toBe('suppressed');
    await restoreEvent(rig.context, jane, id, row?.connectionId ?? 0);
    await rig.settle();
    expect(titles(jane)).toHaveLength(1);
  });

  it('gets a deleted event back when the appointment moves', async () => {
    await rig.connect(jane);
    const id = await confirmed();
    rig.google.remove(calendarOf(jane), String(rig.google.events(calendarOf(jane))[0]?.remoteId));
    await changeAppointment(rig.context, admin, id, { startsAt: '2026-12-03T09:00:00+00:00' });
    await rig.settle();
    expect(titles(jane)).toHaveLength(1);
  });

  it('switches sync off and on: the events leave and come back', async () => {
    await rig.connect(jane);
    await confirmed();
    await changeCalendarSettings(rig.context, jane, { calendarSyncEnabled: false });
    await rig.settle();
    expect(titles(jane)).toEqual([]);
    await changeCalendarSettings(rig.context, jane, { calendarSyncEnabled: true });
    await rig.settle();
    expect(titles(jane)).toHaveLength(1);
  });

  it('syncs again at no cost when nothing changed', async () => {
    await rig.connect(jane);
    await confirmed();
    const calls = rig.google.calls.length;
    expect(await syncNow(rig.context, jane)).toBe(1);
    await rig.settle();
    expect(rig.google.calls.length).toBe(calls);
  });

  it('disconnects: the events leave, the grant is revoked, the account is gone from the list', async () => {
    await rig.connect(jane);
    await confirmed();
    await disconnectCalendar(rig.context, jane, { provider: 'google', removeEvents: true, connectionId: null });
    await rig.settle();
    expect(titles(jane)).toEqual([]);
    expect(rig.oauth.revoked).toEqual([`refresh:google-${jane.id}`]);
    expect((await showCalendar(rig.context, jane)).connections).toEqual([]);
    await rig.connect(jane);
    await rig.settle();
    expect(titles(jane)).toHaveLength(1);
  });

  it('may keep the events when disconnecting, and meets them again without duplicates', async () => {
    await rig.connect(jane);
    await confirmed();
    await disconnectCalendar(rig.context, jane, { provider: 'google', removeEvents: false, connectionId: null });
    await rig.settle();
    expect(titles(jane)).toHaveLength(1);
    await rig.connect(jane);
    await rig.settle();
    expect(titles(jane)).toHaveLength(1);
  });

  it('is disconnected after a day even when the provider can not be reached', async () => {
    await rig.connect(jane);
    await confirmed();
    const down = { kind: 'retry_later', code: 'unreachable', afterMs: null, scope: 'connection' } as const;
    failForJane({ failure: down, times: 1000 });
    await disconnectCalendar(rig.context, jane, { provider: 'google', removeEvents: true, connectionId: null });
    await rig.settle();
    expect((await showCalendar(rig.context, jane)).connections).toMatchObject([{ status: 'disconnecting' }]);
    rig.clock.advance(25 * HOUR);
    await rig.settle();
    expect((await showCalendar(rig.context, jane)).connections).toEqual([]);
    expect(titles(jane)).toHaveLength(1);
  });
});
