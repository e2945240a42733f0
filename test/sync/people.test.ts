import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/base/time.ts';
import type { Database } from '../../src/db/database.ts';
import { insertEmailChange, insertEmailLink } from '../../src/store/email-changes.ts';
import { markWithoutProgress } from '../../src/store/sync-store.ts';
import { changeUser, type UserEdit } from '../../src/use-cases/accounts/change-user.ts';
import { confirmEmailChange } from '../../src/use-cases/accounts/confirm-email-change.ts';
import { showCalendar, type ConnectionView } from '../../src/use-cases/calendar/show-calendar.ts';
import type { Caller } from '../../src/use-cases/context.ts';
import { hashOfToken } from '../../src/use-cases/tokens.ts';
import { calendarOf, type Rig } from './rig.ts';
import { shareRig } from './share-rig.ts';

/* Every change of people works through to the calendars of everybody whom it concerns. */

let database: Database;
let rig: Rig;
let boss: Caller;
let manager: Caller;
let sarah: Caller;
let jane: Caller;

shareRig((shared) => {
  ({ database, rig, admin: boss } = shared);
});

beforeEach(async () => {
  manager = await rig.person('manager');
  sarah = await rig.person('staff', manager.id, 'Sarah Miller');
  jane = await rig.person('customer', null, 'Jane Doe');
  for (const person of [manager, sarah, jane]) await rig.connect(person);
  await rig.settle();
});

afterEach(() => rig.settle());

const edit = async (person: Caller, change: Omit<UserEdit, 'version'>): Promise<void> => {
  await changeUser(rig.context, person.id, { ...change, version: null });
  await rig.settle();
};

const titles = (person: Caller): string[] =>
  rig.google.events(calendarOf(person)).map(({ fields }) => String(fields['title']));

async function book(rrule?: string): Promise<void> {
  await rig.confirm(boss, await rig.order(jane, [sarah], rrule === undefined ? {} : { rrule }));
  await rig.settle();
}

async function connection(person: Caller): Promise<ConnectionView> {
  const [own] = (await showCalendar(rig.context, person)).connections;
  return own ?? expect.fail('not connected');
}

describe('a manager', () => {
  it('sees the team that they get, and no longer the one that they lose', async () => {
    await book();
    const other = await rig.person('manager');
    await rig.connect(other);
    await edit(sarah, { managerId: other.id });
    expect(titles(manager)).toEqual([]);
    expect(titles(other)).toEqual(['Sarah M. · Deep clean – Jane Doe']);
  });

  it('who leaves the office loses the overview at once', async () => {
    await book();
    await edit(manager, { role: 'customer' });
    expect(titles(manager)).toEqual([]);
  });
});

describe('a member of staff', () => {
  it('who does something else from now on is taken off what is to come, and the customer sees it', async () => {
    await book();
    await edit(sarah, { role: 'customer' });
    expect(titles(sarah)).toEqual([]);
    const [event] = rig.google.events(calendarOf(jane));
    expect(String(event?.fields['description'])).not.toContain('Sarah');
  });

  it('who has left has no events and no connection any more, and may come back', async () => {
    await book();
    await edit(sarah, { isActive: false });
    expect(titles(sarah)).toEqual([]);
    expect((await showCalendar(rig.context, sarah)).connections).toEqual([]);
    await edit(sarah, { isActive: true });
    await rig.connect(sarah);
    await rig.settle();
    expect(titles(sarah)).toEqual(['Deep clean – Jane Doe']);
  });

  it('who marries is called by the new name everywhere', async () => {
    await book();
    await edit(sarah, { name: 'Sarah King' });
    expect(titles(manager)).toEqual(['Sarah K. · Deep clean – Jane Doe']);
  });
});

describe('a customer', () => {
  const mailsSaid = (): string[] =>
    rig.google
      .events(calendarOf(manager))
      .map(({ fields }) => /E-mail: (\S+)/.exec(String(fields['description']))?.[1] ?? '');

  it('whose address the office changes has it in the calendars of those who plan', async () => {
    await book();
    await edit(jane, { email: { address: 'jane.new@example.com', askedBy: boss.id } });
    expect(mailsSaid()).toEqual(['jane.new@example.com']);
  });

  it('who confirms another address has it there, too', async () => {
    await book();
    const now = rig.clock.now();
    await database.transaction(async (tx) => {
      const wanted = { userId: jane.id, email: 'jane.own@example.com', session: randomUUID() };
      const emailChangeId = await insertEmailChange(tx, wanted, now);
      const expiresAt = new Date(now.getTime() + MINUTE);
      await insertEmailLink(tx, { emailChangeId, hash: hashOfToken('of the mail'), expiresAt });
    });
    await confirmEmailChange(rig.context, { token: 'of the mail', address: '192.0.2.1' });
    await rig.settle();
    expect(mailsSaid()).toEqual(['jane.own@example.com']);
  });
});

describe('a new administrator', () => {
  it('gets everything within the horizon, soonest first, in batches, with progress to be seen', async () => {
    await book('FREQ=DAILY;COUNT=120');
    const gate = Promise.withResolvers<void>();
    rig.gates.set(calendarOf(manager), gate.promise);
    await changeUser(rig.context, manager.id, { role: 'admin', version: null });
    expect((await connection(manager)).backfill).toMatchObject({ done: 0 });
    gate.resolve();
    rig.gates.clear();
    await rig.settle();
    expect(await connection(manager)).toMatchObject({ backfill: null, pending: 0, failed: 0 });
    const starts = rig.google.events(calendarOf(manager)).map(({ fields }) => String(fields['startsAt']));
    expect(starts.length).toBeGreaterThan(40);
    expect(starts.length).toBeLessThan(120);
    expect((await connection(manager)).horizon).toMatchObject({ days: 60 });
    expect((await connection(manager)).horizon.beyond).toBeGreaterThanOrEqual(120 - starts.length);
    await edit(manager, { role: 'manager' });
    // Sarah is not on the team of somebody who had been an administrator.
    expect(titles(manager)).toEqual([]);
  });
});

it('a calendar without any success for a quarter of an hour is degraded, even without an error', async () => {
  const gate = Promise.withResolvers<void>();
  rig.gates.set(calendarOf(jane), gate.promise);
  await rig.confirm(boss, await rig.order(jane, []));
  rig.clock.advance(16 * MINUTE);
  const now = rig.clock.now();
  const since = new Date(now.getTime() - 15 * MINUTE);
  await database.transaction((tx) => markWithoutProgress(tx, since, now));
  expect(await connection(jane)).toMatchObject({ status: 'degraded', error: { code: 'no_progress' } });
  gate.resolve();
  rig.gates.clear();
  await rig.settle();
  expect(await connection(jane)).toMatchObject({ status: 'active', error: null });
});
