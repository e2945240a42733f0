import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/time.ts';
import type { Database } from '../../src/db/database.ts';
import { sql } from '../../src/db/sql.ts';
import { changeCalendarSettings } from '../../src/use-cases/calendar/change-calendar-settings.ts';
import { cancelAppointment } from '../../src/use-cases/cancel-appointment.ts';
import type { Caller } from '../../src/use-cases/context.ts';
import { mondayNow, queueWeeklyOverviews, weekOf } from '../../src/use-cases/queue-weekly-overviews.ts';
import { loadZones } from '../../src/zones/zones.ts';
import { startMailServer, type ArrivedMail, type MailServer } from '../support/mail-server.ts';
import { TestClock, type Rig } from '../sync/rig.ts';
import { shareRig } from '../sync/share-rig.ts';
import { mailsTo, startMailWorker, type MailRig } from './rig.ts';

/* The overview of the week; the clock is moved through a weekend and a Monday. */

let database: Database;
let rig: Rig;
let clock: TestClock;
let server: MailServer;
let mails: MailRig;
let admin: Caller;

shareRig((shared) => {
  ({ database, rig, admin } = shared);
});

beforeEach(async () => {
  // A Saturday.
  clock = new TestClock('2026-11-28T12:00:00Z');
  server = await startMailServer();
  mails = startMailWorker({ database, clock, post: server.url });
});

afterEach(async () => {
  await mails.worker.stop();
  await server.close();
  expect(mails.errors).toEqual([]);
  await sql`update users set mail_weekly_overview = false`.execute(database.db);
  await sql`delete from mails`.execute(database.db);
  await sql`update appointments set status = 'cancelled'`.execute(database.db);
});

async function reader(role: Caller['role'], name: string, timeZone: string, managerId?: number): Promise<Caller> {
  const person = await rig.person(role, managerId ?? null, name);
  await sql`update users set time_zone = ${timeZone} where id = ${person.id}`.execute(database.db);
  await changeCalendarSettings(rig.context, person, { mails: { weeklyOverview: true } });
  return person;
}

const look = async (): Promise<void> => {
  await queueWeeklyOverviews({ ...rig.context, clock });
  await mails.worker.deliverDue();
};

const place = async (customer: Caller, staff: Caller[], startsAt: string, timeZone?: string): Promise<number> => {
  const order = await rig.order(customer, staff, { startsAt, ...(timeZone && { timeZone }) });
  return (await rig.confirm(admin, order))[0] ?? 0;
};

const to = (name: string): ArrivedMail[] => server.arrived.filter(({ email }) => email.to?.[0]?.name === name);

it('comes on Monday morning in each person’s own time zone, once, over two weeks of looking', async () => {
  const zones = {
    Tokyo: 'Asia/Tokyo',
    London: 'Europe/London',
    Angeles: 'America/Los_Angeles',
    Nepal: 'Asia/Kathmandu',
  };
  for (const [name, zone] of Object.entries(zones)) {
    const person = await reader('customer', name, zone);
    await place(person, [], '2026-12-01T09:00:00');
    await place(person, [], '2026-12-08T09:00:00');
  }
  const arrivals: Record<string, string[]> = {};
  for (let hours = 0; hours < 14 * 24; hours += 0.25) {
    await queueWeeklyOverviews({ ...rig.context, clock });
    await mails.worker.deliverDue();
    for (const { email } of server.arrived.splice(0)) {
      (arrivals[email.to?.[0]?.name ?? ''] ??= []).push(clock.now().toISOString().slice(0, 16));
    }
    clock.advance(15 * MINUTE);
  }
  expect(arrivals).toEqual({
    Tokyo: ['2026-11-29T21:00', '2026-12-06T21:00'],
    Nepal: ['2026-11-30T00:15', '2026-12-07T00:15'],
    London: ['2026-11-30T06:00', '2026-12-07T06:00'],
    Angeles: ['2026-11-30T14:00', '2026-12-07T14:00'],
  });
}, 240_000);

it('several nodes that look at once send one', async () => {
  const jane = await reader('customer', 'Jane', 'Europe/London');
  await place(jane, [], '2026-12-01T09:00:00');
  clock.advance(2 * DAY);
  await Promise.all(Array.from({ length: 4 }, () => queueWeeklyOverviews({ ...rig.context, clock })));
  await mails.worker.deliverDue();
  expect(server.arrived).toHaveLength(1);
});

it('lists the week by role, by day, without what is cancelled or in another week', async () => {
  const manager = await reader('manager', 'Max Boss', 'Europe/London');
  const sarah = await reader('staff', 'Sarah Miller', 'Europe/London', manager.id);
  const jane = await reader('customer', 'Jane Doe', 'Europe/London');
  await place(jane, [sarah], '2026-12-01T09:00:00');
  await place(jane, [sarah], '2026-12-01T14:00:00');
  await place(jane, [sarah], '2026-12-06T22:30:00');
  await place(jane, [sarah], '2026-12-03T09:00:00', 'Europe/Zurich');
  await cancelAppointment(rig.context, admin, await place(jane, [sarah], '2026-12-02T09:00:00'));
  await place(jane, [sarah], '2026-12-07T09:00:00');
  await place(jane, [sarah], '2026-11-29T09:00:00');
  clock.advance(2 * DAY);
  await look();
  const [mail] = to('Jane Doe');
  expect(mail?.email.subject).toBe('VALClean: your week from Monday 30 November 2026');
  expect(mail?.email.text).toContain(
    [
      'There are 4 appointments this week.\n',
      'Tuesday 1 December 2026',
      '09:00–11:00 VALClean: Deep clean, 1 High Street, N1 1AA London, GB',
      '14:00–16:00 VALClean: Deep clean, 1 High Street, N1 1AA London, GB\n',
      'Thursday 3 December 2026',
      '09:00–11:00 (Europe/Zurich) VALClean: Deep clean, 1 High Street, N1 1AA London, GB\n',
      'Sunday 6 December 2026',
    ].join('\n'),
  );
  expect(mail?.email.attachments).toEqual([]);
  expect(to('Sarah Miller')[0]?.email.text).toContain('09:00–11:00 Deep clean – Jane Doe, 1 High Street');
  expect(to('Max Boss')[0]?.email.text).toContain('09:00–11:00 Sarah M. · Deep clean – Jane Doe, ');
  for (const { raw } of server.arrived) expect(raw).not.toMatch(/Key safe|Ring twice|120\.00/);
});

describe('is not sent', () => {
  it('when there is nothing to list, when it was not asked for, or too late', async () => {
    await reader('customer', 'Free Week', 'Europe/London');
    const never = await rig.person('customer', null, 'Never Asked');
    await place(never, [], '2026-12-01T09:00:00');
    const late = await reader('customer', 'Too Late', 'Europe/London');
    await place(late, [], '2026-12-01T09:00:00');
    clock.advance(2 * DAY);
    await queueWeeklyOverviews({ ...rig.context, clock });
    clock.advance(7 * DAY);
    await mails.worker.deliverDue();
    expect(server.arrived).toEqual([]);
    expect((await mailsTo(database, late.id)).map(({ state }) => state)).toEqual(['moot']);
  });

  it('on any other day', async () => {
    const jane = await reader('customer', 'Jane', 'Europe/London');
    await place(jane, [], '2026-12-01T09:00:00');
    clock.advance(3 * DAY);
    await look();
    expect(await mailsTo(database, jane.id)).toEqual([]);
  });
});

it('comes later on Monday when nothing ran in the morning', async () => {
  const jane = await reader('customer', 'Jane', 'Europe/London');
  await place(jane, [], '2026-12-01T09:00:00');
  clock.advance(2 * DAY + 10 * HOUR);
  await look();
  expect(server.arrived).toHaveLength(1);
});

it('what is too long is counted', async () => {
  const jane = await reader('customer', 'Jane', 'Europe/London');
  for (let i = 0; i < 18; i += 1) {
    const order = await rig.order(jane, [], { startsAt: '2026-12-01T08:00:00', rrule: 'FREQ=DAILY;COUNT=6' });
    await rig.confirm(admin, order);
  }
  clock.advance(2 * DAY);
  await look();
  expect(server.arrived[0]?.email.text).toContain('There are 108 appointments this week.');
  expect(server.arrived[0]?.email.text).toContain('And 8 more');
});

describe('the week', () => {
  const zones = loadZones({ only: 'bundled' });

  it('begins and ends at midnight in the zone, across a change of clocks', () => {
    expect(weekOf(zones, 'Europe/London', '2026-10-19')).toEqual({
      from: new Date('2026-10-18T23:00:00Z'),
      to: new Date('2026-10-26T00:00:00Z'),
    });
  });

  it('has no day before six, and none in an unknown zone', () => {
    expect(mondayNow(zones, 'Europe/London', new Date('2026-11-30T05:59:00Z'))).toBe(null);
    expect(mondayNow(zones, 'Europe/London', new Date('2026-11-30T06:00:00Z'))).toBe('2026-11-30');
    expect(mondayNow(zones, 'Pacific/Auckland', new Date('2026-11-29T17:30:00Z'))).toBe('2026-11-30');
    expect(mondayNow(zones, 'Nowhere/Zone', new Date('2026-11-30T08:00:00Z'))).toBe(null);
  });
});
