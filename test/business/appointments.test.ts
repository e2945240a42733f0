import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../src/db/sql.ts';
import { loadAppointments } from '../../src/store/appointments.ts';
import { assignAppointment } from '../../src/use-cases/assign-appointment.ts';
import { cancelAppointment } from '../../src/use-cases/cancel-appointment.ts';
import { changeAppointment } from '../../src/use-cases/change-appointment.ts';
import { changeService } from '../../src/use-cases/change-service.ts';
import { completeAppointment } from '../../src/use-cases/complete-appointment.ts';
import { confirmOrder } from '../../src/use-cases/confirm-order.ts';
import type { Caller } from '../../src/use-cases/context.ts';
import { createOrder } from '../../src/use-cases/create-order.ts';
import { createService } from '../../src/use-cases/create-service.ts';
import { listAppointments, type AppointmentListRequest } from '../../src/use-cases/list-appointments.ts';
import { listServices } from '../../src/use-cases/list-services.ts';
import { markNoShow } from '../../src/use-cases/mark-no-show.ts';
import { showAppointment } from '../../src/use-cases/show-appointment.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { connect, foundCompany, linksOf, orderFor, refusalOf, type Company } from './company.ts';

let testDatabase: TestDatabase;
let company: Company;

beforeAll(async () => {
  testDatabase = await openTestDatabase();
  company = await foundCompany(testDatabase.database);
});
afterAll(async () => testDatabase?.close());

/** One confirmed appointment. @returns its id */
async function booked(
  startsAt: string,
  team: readonly Caller[] = [company.anna],
  customer = company.jane,
): Promise<number> {
  const items = [{ serviceId: company.serviceId, startsAt, staffIds: team.map((person) => person.id) }];
  const order = await createOrder(
    company.context,
    company.admin,
    orderFor(company, { customerId: customer.id, items }),
  );
  const { appointments } = await confirmOrder(company.context, company.admin, order.view.id);
  return appointments[0]!.view.id;
}

/** How often each link of the appointment was raised. */
async function marks(id: number): Promise<number> {
  const found = await sql<{ sum: string }>`
    select coalesce(sum(desired), 0) as sum from links where appointment_id = ${id}`.execute(company.database.db);
  return Number(found.rows[0]?.sum);
}

describe('changeAppointment', () => {
  it('keeps the duration when only the start moves, across a change of clocks too', async () => {
    const id = await booked('2026-12-01T09:00:00Z');
    const { view } = await changeAppointment(company.context, company.managerA, id, {
      startsAt: '2027-03-27T23:30:00',
    });
    expect(view).toMatchObject({
      startsWall: '2027-03-27T23:30:00',
      endsWall: '2027-03-28T02:30:00',
      endsAt: new Date('2027-03-28T01:30:00Z'),
      version: 2,
    });
  });

  it('moves ends, reads wall times of another zone, and stores in its own', async () => {
    const id = await booked('2026-12-01T09:00:00Z');
    const { view } = await changeAppointment(company.context, company.admin, id, {
      startsAt: '2026-12-01T12:00:00',
      endsAt: '2026-12-01T13:00:00',
      timeZone: 'Europe/Berlin',
    });
    expect(view).toMatchObject({
      startsWall: '2026-12-01T11:00:00',
      endsWall: '2026-12-01T12:00:00',
      timeZone: 'Europe/London',
    });
  });

  it('marks the calendars of a real change, and of nothing else', async () => {
    await connect(company.database, company.anna, 'outlook');
    const id = await booked('2026-12-02T09:00:00Z');
    const before = await marks(id);
    expect(before).toBeGreaterThan(0);
    const same = await changeAppointment(company.context, company.admin, id, {
      startsAt: '2026-12-02T09:00:00Z',
      notes: 'Ring twice',
    });
    expect([same.view.version, await marks(id)]).toEqual([1, before]);
    const changed = await changeAppointment(company.context, company.admin, id, {
      notes: '',
      internalNotes: 'Late payer',
    });
    expect(changed.view).toMatchObject({ notes: null, internalNotes: 'Late payer', version: 2 });
    expect(await marks(id)).toBe(before + 1);
  });

  it.each([
    [{ startsAt: '2027-03-28T01:30:00' }, 'time_does_not_exist'],
    [{ endsAt: '2026-12-03T09:00:00Z' }, 'invalid_duration'],
    [{ endsAt: '2026-12-03T08:00:00Z' }, 'invalid_duration'],
    [{ endsAt: '2026-12-11T08:00:00Z' }, 'invalid_duration'],
    [{ startsAt: '2026-12-03T10:00:00', timeZone: 'Mars/Olympus' }, 'unknown_time_zone'],
    [{ notes: 'x', version: 9 }, 'version_conflict'],
  ])('refuses %j', async (change, code) => {
    const id = await booked('2026-12-03T09:00:00Z');
    expect(await refusalOf(changeAppointment(company.context, company.admin, id, change))).toBe(code);
    expect(await marks(id)).toBeLessThan(3);
  });

  it('lets only one of two who read the same version win', async () => {
    const id = await booked('2026-12-03T11:00:00Z');
    const tries = await Promise.allSettled(
      ['one', 'two', 'three'].map((notes) =>
        changeAppointment(company.context, company.admin, id, { notes, version: 1 }),
      ),
    );
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect((await showAppointment(company.context, company.admin, id)).view.version).toBe(2);
  });

  it('leaves the time of a closed one alone; its notes may still be put right', async () => {
    const id = await booked('2026-12-04T09:00:00Z');
    await cancelAppointment(company.context, company.managerA, id);
    expect(
      await refusalOf(changeAppointment(company.context, company.admin, id, { startsAt: '2026-12-05T09:00:00Z' })),
    ).toBe('appointment_closed');
    const { view } = await changeAppointment(company.context, company.admin, id, { internalNotes: 'Moved house' });
    expect(view.internalNotes).toBe('Moved house');
  });

  it('is for the managers of the team and for admins', async () => {
    const id = await booked('2026-12-04T12:00:00Z');
    const { context, jane, anna, managerB, managerA } = company;
    expect(await refusalOf(changeAppointment(context, jane, id, { notes: 'x' }))).toBe('forbidden');
    expect(await refusalOf(changeAppointment(context, anna, id, { notes: 'x' }))).toBe('forbidden');
    expect(await refusalOf(changeAppointment(context, managerB, id, { notes: 'x' }))).toBe('not_found');
    expect(
      (await changeAppointment(context, managerA, id, { arrivalWindowMinutes: 30 })).view.arrivalWindowMinutes,
    ).toBe(30);
  });
});

describe('assignAppointment', () => {
  it('makes links for those who come and raises those of whoever leaves', async () => {
    const { context, database, admin, anna, bert } = company;
    const hers = await connect(database, anna);
    const his = await connect(database, bert);
    const id = await booked('2026-12-05T09:00:00Z');
    const before = (await linksOf(database, hers)).find((link) => link.appointmentId === id);
    const { view } = await assignAppointment(context, admin, id, { staffIds: [bert.id, bert.id] });
    expect(view.team.map((member) => member.id)).toEqual([bert.id]);
    const after = (await linksOf(database, hers)).find((link) => link.appointmentId === id);
    expect(after?.desired).toBe((before?.desired ?? 0) + 1);
    expect((await linksOf(database, his)).some((link) => link.appointmentId === id && link.dirty)).toBe(true);
    const raised = await marks(id);
    expect((await assignAppointment(context, admin, id, { staffIds: [bert.id] })).view.version).toBe(view.version);
    expect(await marks(id)).toBe(raised);
  });

  it('tells of overlaps and does not mind', async () => {
    const { context, admin, managerA, alan, bert } = company;
    const [one, two] = [await booked('2026-12-06T09:00:00Z', [alan, bert]), await booked('2026-12-06T10:00:00Z', [])];
    const touching = await booked('2026-12-06T12:00:00Z', [alan]);
    const byAdmin = await assignAppointment(context, admin, two, { staffIds: [alan.id, bert.id] });
    expect(byAdmin.warnings.map(({ code, appointmentId, staffId }) => [code, appointmentId, staffId])).toEqual([
      ['overlap', two, alan.id],
      ['overlap', two, bert.id],
    ]);
    expect(byAdmin.warnings[0]?.message).toContain(String(one));
    expect(byAdmin.warnings.map((warning) => warning.message).join()).not.toContain(String(touching));
    const names = await loadAppointments(context.database.db, [one]);
    expect(byAdmin.warnings[0]?.overlap).toEqual({
      staffName: names[0]?.team.find((member) => member.id === alan.id)?.name,
      appointmentId: one,
      customerName: names[0]?.customer.name,
      startsAt: new Date('2026-12-06T09:00:00Z'),
      endsAt: names[0]?.endsAt,
      timeZone: names[0]?.timeZone,
    });
    const byManager = await assignAppointment(context, managerA, two, { staffIds: [bert.id, alan.id] });
    expect(byManager.warnings.map((warning) => warning.staffId)).toEqual([alan.id]);
  });

  it('lets managers move only their own staff', async () => {
    const { context, managerA, managerB, anna, alan, bert, jane } = company;
    const id = await booked('2026-12-07T09:00:00Z', [anna, bert]);
    const staffIds = (...people: Caller[]): { staffIds: number[] } => ({ staffIds: people.map((person) => person.id) });
    expect(await refusalOf(assignAppointment(context, managerA, id, staffIds(anna)))).toBe('forbidden');
    expect((await assignAppointment(context, managerA, id, staffIds(bert, alan))).view.team).toHaveLength(2);
    expect((await assignAppointment(context, managerB, id, staffIds(alan))).view.team).toHaveLength(1);
    expect(await refusalOf(showAppointment(context, managerB, id))).toBe('not_found');
    expect(await refusalOf(assignAppointment(context, managerA, id, staffIds(alan, bert)))).toBe('forbidden');
    expect(await refusalOf(assignAppointment(context, managerA, id, staffIds(jane)))).toBe('unknown_staff');
    expect((await assignAppointment(context, managerA, id, staffIds())).view.team).toEqual([]);
    expect((await showAppointment(context, managerB, id)).view.id).toBe(id);
  });
});

describe('closing', () => {
  it('happens once, one way', async () => {
    const { context, anna, managerA, jane, bert, admin } = company;
    const id = await booked('2026-12-08T09:00:00Z');
    expect(await refusalOf(completeAppointment(context, jane, id))).toBe('forbidden');
    expect(await refusalOf(completeAppointment(context, bert, id))).toBe('not_found');
    expect(await refusalOf(cancelAppointment(context, anna, id))).toBe('forbidden');
    for (const person of [anna, managerA, admin]) {
      expect(await refusalOf(completeAppointment(context, person, id))).toBe('appointment_not_begun');
    }
    expect(await refusalOf(markNoShow(context, managerA, id))).toBe('appointment_not_begun');
    const before = company.clock.at;
    company.clock.at = new Date('2026-12-08T09:00:00Z');
    const done = await completeAppointment(context, anna, id);
    expect(done.view).toMatchObject({ status: 'completed', version: 2 });
    expect(done.view).not.toHaveProperty('accessNotes');
    const raised = await marks(id);
    expect(await completeAppointment(context, managerA, id)).toMatchObject({ view: { version: 2 } });
    expect(await refusalOf(markNoShow(context, managerA, id))).toBe('appointment_closed');
    expect(await refusalOf(assignAppointment(context, admin, id, { staffIds: [] }))).toBe('appointment_closed');
    expect(await marks(id)).toBe(raised);
    company.clock.at = before;
  });
});

describe('listAppointments', () => {
  const list = async (caller: Caller, request: AppointmentListRequest = {}): Promise<number[]> => {
    const ids: number[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await listAppointments(company.context, caller, { limit: 2, ...request, cursor });
      ids.push(...page.items.map((one) => one.view.id));
      if (page.nextCursor === null) return ids;
      cursor = page.nextCursor;
    }
  };

  it('selects what overlaps the span, soonest first, page by page', async () => {
    const hours = ['09', '09', '11', '13', '15'];
    const ids: number[] = [];
    for (const hour of hours) ids.push(await booked(`2027-02-01T${hour}:00:00Z`, [company.anna], company.john));
    const day = { from: '2027-02-01T00:00', to: '2027-02-02T00:00:00' };
    expect(await list(company.john, day)).toEqual(ids);
    expect(await list(company.admin, { from: '2027-02-01T11:00:00Z', to: '2027-02-01T13:00:00Z' })).toEqual([ids[2]]);
    expect(await list(company.admin, { from: '2027-02-01T10:59:59+00:00', to: '2027-02-01T13:00:01Z' })).toEqual(
      ids.slice(0, 4),
    );
    await cancelAppointment(company.context, company.admin, ids[3] ?? 0);
    expect(await list(company.anna, { ...day, status: 'cancelled' })).toEqual([ids[3]]);
    expect(await list(company.admin, { ...day, staffId: company.bert.id })).toEqual([]);
    expect(await list(company.managerA, { ...day, customerId: company.john.id, staffId: company.anna.id })).toEqual(
      ids,
    );
    expect(await list(company.managerB, day)).toEqual([]);
    expect(await list(company.jane, day)).toEqual([]);
  });

  it('refuses strange cursors and spans', async () => {
    for (const cursor of [
      'x',
      'bnVsbA',
      Buffer.from('["now",1]').toString('base64url'),
      Buffer.from('[1,1]').toString('base64url'),
    ]) {
      expect(await refusalOf(listAppointments(company.context, company.admin, { cursor }))).toBe('invalid_cursor');
    }
    const span = { from: '2027-02-02T00:00:00Z', to: '2027-02-02T00:00:00Z' };
    expect(await refusalOf(listAppointments(company.context, company.admin, span))).toBe('invalid_request');
  });

  it('gives the caller their own events, once acknowledged', async () => {
    const { context, database, anna, managerA } = company;
    for (const provider of ['google', 'outlook']) await connect(database, anna, provider);
    const id = await booked('2027-02-10T09:00:00Z');
    expect((await showAppointment(context, anna, id)).ownEvents).toEqual({});
    await sql`update links set state = 'synced', remote_id = 'vc' || id where appointment_id = ${id}`.execute(
      database.db,
    );
    expect((await showAppointment(context, anna, id)).ownEvents).toEqual({
      google: expect.stringMatching(/^vc\d+$/),
      outlook: expect.stringMatching(/^vc\d+$/),
    });
    expect((await showAppointment(context, managerA, id)).ownEvents).toEqual({});
  });
});

describe('services', () => {
  it('are kept by admins; others see what is on offer', async () => {
    const { context, admin, managerA, jane } = company;
    const facts = { name: 'Windows', durationMinutes: 60, priceCents: 5000, currency: 'EUR', isActive: false };
    expect(await refusalOf(createService(context, managerA, facts))).toBe('forbidden');
    expect(await refusalOf(createService(context, admin, { ...facts, currency: 'JPY' }))).toBe('unknown_currency');
    expect(await refusalOf(createService(context, admin, { ...facts, currency: 'QQQ' }))).toBe('unknown_currency');
    const made = await createService(context, admin, facts);
    const names = async (caller: Caller): Promise<string[]> =>
      (await listServices(context, caller, {})).items.map((service) => service.name);
    expect(await names(jane)).not.toContain('Windows');
    expect(await names(admin)).toContain('Windows');
    expect((await changeService(context, admin, made.id, { isActive: true, version: 1 })).version).toBe(2);
    expect((await changeService(context, admin, made.id, { isActive: true, version: 2 })).version).toBe(2);
    expect(await refusalOf(changeService(context, admin, made.id, { priceCents: 1, version: 1 }))).toBe(
      'version_conflict',
    );
    expect(await refusalOf(changeService(context, admin, 999_999, { priceCents: 1 }))).toBe('not_found');
    expect(await names(jane)).toContain('Windows');
  });

  it('show their new name in coming calendars', async () => {
    const id = await booked('2027-02-11T09:00:00Z');
    const before = await marks(id);
    await changeService(company.context, company.admin, company.serviceId, { priceCents: 13_000 });
    expect(await marks(id)).toBe(before);
    await changeService(company.context, company.admin, company.serviceId, { name: 'Very deep clean' });
    expect(await marks(id)).toBeGreaterThan(before);
    expect((await showAppointment(company.context, company.jane, id)).view).toMatchObject({
      service: { name: 'Very deep clean' },
      priceCents: 12_000,
    });
  });
});
