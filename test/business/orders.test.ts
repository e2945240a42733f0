import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../src/db/sql.ts';
import { cancelOrder } from '../../src/use-cases/cancel-order.ts';
import { completeAppointment } from '../../src/use-cases/complete-appointment.ts';
import { confirmOrder } from '../../src/use-cases/confirm-order.ts';
import { createOrder, type OrderRequest } from '../../src/use-cases/create-order.ts';
import { listOrders } from '../../src/use-cases/list-orders.ts';
import type { ChangedOrder } from '../../src/use-cases/see-orders.ts';
import { showOrder } from '../../src/use-cases/show-order.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { addPerson, connect, foundCompany, linksOf, orderFor, refusalOf, type Company } from './company.ts';

let testDatabase: TestDatabase;
let company: Company;

beforeAll(async () => {
  testDatabase = await openTestDatabase();
  company = await foundCompany(testDatabase.database);
});
afterAll(async () => testDatabase?.close());

const placed = (more: Partial<OrderRequest> = {}): Promise<ChangedOrder> =>
  createOrder(company.context, company.admin, orderFor(company, { customerId: company.jane.id, ...more }));
const itemAt = (startsAt: string, more: object = {}): OrderRequest['items'] => [
  { serviceId: company.serviceId, startsAt, ...more },
];

describe('createOrder', () => {
  it('takes what a customer asks for; nothing happens until it is confirmed', async () => {
    const order = await createOrder(company.context, company.jane, orderFor(company));
    expect(order.view).toMatchObject({
      status: 'pending',
      accessNotes: 'Key safe 4411',
      customer: { id: company.jane.id, name: 'Jane Doe' },
      items: [{ quantity: 1, durationMinutes: 120, priceCents: 12_000, startsWall: '2026-12-01T09:00:00' }],
    });
    expect(order.appointments).toEqual([]);
    expect(order.view.items[0]).not.toHaveProperty('staffIds');
  });

  it('multiplies price and duration; a duration that is given wins', async () => {
    const items = [
      { serviceId: company.serviceId, startsAt: '2026-12-01T09:00:00Z', quantity: 3 },
      { serviceId: company.serviceId, startsAt: '2026-12-01T09:00:00Z', quantity: 3, durationMinutes: 90 },
    ];
    const { view } = await placed({ items });
    expect(view.items.map((item) => [item.durationMinutes, item.priceCents])).toEqual([
      [360, 36_000],
      [90, 36_000],
    ]);
  });

  it('reads instants and wall times at the place', async () => {
    const { view } = await placed({
      timeZone: 'America/New_York',
      items: [...itemAt('2026-12-01T09:00'), ...itemAt('2026-12-01T09:00:00Z')],
    });
    expect(view.items.map((item) => [item.startsWall, item.startsAt.toISOString()])).toEqual([
      ['2026-12-01T09:00:00', '2026-12-01T14:00:00.000Z'],
      ['2026-12-01T04:00:00', '2026-12-01T09:00:00.000Z'],
    ]);
  });

  it.each([
    ['a time in a gap', { items: [{ serviceId: 1, startsAt: '2027-03-28T01:30:00' }] }, 'time_does_not_exist'],
    ['the past', { items: [{ serviceId: 1, startsAt: '2026-11-20T11:59:59Z' }] }, 'in_the_past'],
    [
      'chosen staff',
      { items: [{ serviceId: 1, startsAt: '2026-12-01T09:00:00Z', staffIds: [] }] },
      'field_not_allowed',
    ],
    ['somebody else', { customerId: 999_999 }, 'forbidden'],
    ['no such service', { items: [{ serviceId: 999_999, startsAt: '2026-12-01T09:00:00Z' }] }, 'unknown_service'],
    ['no such zone', { timeZone: 'Mars/Olympus' }, 'unknown_time_zone'],
    ['too long', { items: [{ serviceId: 1, startsAt: '2026-12-01T09:00:00Z', quantity: 100 }] }, 'invalid_duration'],
    ['junk', { rrule: 'junk' }, 'invalid_recurrence'],
    ['too often', { rrule: 'FREQ=DAILY;COUNT=1001' }, 'too_many_occurrences'],
  ])('refuses from a customer: %s', async (_what, more: Partial<OrderRequest>, code) => {
    expect(await refusalOf(createOrder(company.context, company.jane, orderFor(company, more)))).toBe(code);
  });

  it('refuses services that are no longer on offer', async () => {
    const gone = await sql<{ id: number }>`
      insert into services (name, duration_minutes, price_cents, currency, is_active, created_at, updated_at)
      values ('Gone', 60, 1, 'GBP', false, now(), now()) returning id`.execute(company.database.db);
    const items = [{ serviceId: gone.rows[0]!.id, startsAt: '2026-12-01T09:00:00Z' }];
    expect(await refusalOf(placed({ items }))).toBe('unknown_service');
  });

  it('asks managers and admins for a customer, who must be one', async () => {
    const { context, managerA, admin, anna } = company;
    expect(await refusalOf(createOrder(context, managerA, orderFor(company)))).toBe('field_required');
    expect(await refusalOf(createOrder(context, admin, orderFor(company, { customerId: anna.id })))).toBe(
      'unknown_customer',
    );
    expect(await refusalOf(createOrder(context, anna, orderFor(company)))).toBe('forbidden');
  });

  it('lets managers and admins book in the past, managers only with their own team', async () => {
    const { context, managerA, jane, anna, bert } = company;
    const past = (staffIds: number[]): OrderRequest =>
      orderFor(company, { customerId: jane.id, items: itemAt('2026-01-01T09:00:00Z', { staffIds }) });
    expect((await createOrder(context, managerA, past([anna.id]))).view.items[0]?.staffIds).toEqual([anna.id]);
    expect(await refusalOf(createOrder(context, managerA, past([bert.id])))).toBe('forbidden');
    expect(await refusalOf(createOrder(context, managerA, past([jane.id])))).toBe('unknown_staff');
  });

  it('tells of an occurrence in a night of change', async () => {
    const { warnings } = await placed({ items: itemAt('2027-03-27T01:30:00'), rrule: 'FREQ=DAILY;COUNT=3' });
    expect(warnings.map((warning) => warning.code)).toEqual(['moved_out_of_gap']);
    expect(warnings[0]?.message).toContain('The appointment is at 02:30.');
  });
});

describe('confirmOrder', () => {
  it('makes the appointments, with the team that the items name', async () => {
    const { anna, alan, context, admin } = company;
    const order = await placed({
      items: itemAt('2026-12-01T09:00:00Z', { staffIds: [alan.id, anna.id] }),
      rrule: 'FREQ=WEEKLY;COUNT=4',
    });
    const { view, appointments } = await confirmOrder(context, admin, order.view.id);
    expect(view.status).toBe('confirmed');
    expect(appointments.map((one) => one.view.startsAt.toISOString())).toEqual([
      '2026-12-01T09:00:00.000Z',
      '2026-12-08T09:00:00.000Z',
      '2026-12-15T09:00:00.000Z',
      '2026-12-22T09:00:00.000Z',
    ]);
    for (const { view: appointment } of appointments) {
      expect(appointment.team.map((member) => member.id)).toEqual([alan.id, anna.id]);
      expect(appointment).toMatchObject({ status: 'scheduled', notes: 'Ring twice', priceCents: 12_000, version: 1 });
    }
  });

  it('changes nothing the second time, and answers the same', async () => {
    const { id } = (await placed({ items: itemAt('2027-03-27T01:30:00'), rrule: 'FREQ=DAILY;COUNT=3' })).view;
    const first = await confirmOrder(company.context, company.admin, id);
    expect(first.warnings).toHaveLength(1);
    company.clock.at = new Date(company.clock.at.getTime() + 60_000);
    expect(await confirmOrder(company.context, company.admin, id)).toEqual(first);
  });

  it('makes one set when many confirm at once', async () => {
    const { id } = (await placed({ rrule: 'FREQ=DAILY;COUNT=5' })).view;
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => confirmOrder(company.context, company.admin, id)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]?.appointments).toHaveLength(5);
    const [version] = new Set(answers.map((answer) => answer.view.version));
    expect(version).toBe(2);
  });

  it('keeps the second of two equal wall times when that was asked for', async () => {
    company.clock.at = new Date('2026-10-01T00:00:00Z');
    const { id } = (await placed({ items: itemAt('2026-10-25T01:30:00+00:00') })).view;
    const { appointments } = await confirmOrder(company.context, company.admin, id);
    expect(appointments[0]?.view.startsAt.toISOString()).toBe('2026-10-25T01:30:00.000Z');
    expect(appointments[0]?.view.endsAt.toISOString()).toBe('2026-10-25T03:30:00.000Z');
  });

  it('goes on without staff who left, and says so', async () => {
    const { context, admin, managerA, anna } = company;
    const temp = await addPerson(company.database, { name: 'Tom Temp', role: 'staff', managerId: managerA.id });
    const { id } = (await placed({ items: itemAt('2026-12-03T09:00:00Z', { staffIds: [temp.id, anna.id] }) })).view;
    await sql`update users set is_active = false where id = ${temp.id}`.execute(company.database.db);
    const { appointments, warnings } = await confirmOrder(context, admin, id);
    expect(appointments[0]?.view.team.map((member) => member.id)).toEqual([anna.id]);
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'staff_unavailable', staffId: temp.id }));
  });

  it('refuses customers, staff, cancelled orders and stale versions', async () => {
    const { context, admin, jane, anna } = company;
    const { id } = (await placed()).view;
    expect(await refusalOf(confirmOrder(context, jane, id))).toBe('forbidden');
    expect(await refusalOf(confirmOrder(context, anna, id))).toBe('forbidden');
    expect(await refusalOf(confirmOrder(context, admin, id, 7))).toBe('version_conflict');
    expect(await refusalOf(confirmOrder(context, admin, 999_999))).toBe('not_found');
    await cancelOrder(context, jane, id);
    expect(await refusalOf(confirmOrder(context, admin, id))).toBe('order_cancelled');
  });
});

describe('the calendars', () => {
  it('of everyone concerned are marked when an order is confirmed, and again when it is cancelled', async () => {
    const { context, database, admin, anna, bert, jane, managerA, managerB } = company;
    company.clock.at = new Date('2026-11-20T12:00:00Z');
    const concerned = await Promise.all([jane, anna, managerA].map((person) => connect(database, person)));
    const others = await Promise.all([bert, managerB].map((person) => connect(database, person)));
    const { id } = (await placed({ items: itemAt('2026-12-05T09:00:00Z', { staffIds: [anna.id] }) })).view;
    for (const connection of concerned) expect(await linksOf(database, connection)).toEqual([]);

    const [appointment] = (await confirmOrder(context, admin, id)).appointments;
    const before = await Promise.all(concerned.map((connection) => linksOf(database, connection)));
    expect(before.map((links) => links.map((link) => [link.appointmentId, link.dirty]))).toEqual(
      concerned.map(() => [[appointment?.view.id, true]]),
    );
    await confirmOrder(context, admin, id);
    expect(await Promise.all(concerned.map((connection) => linksOf(database, connection)))).toEqual(before);

    await cancelOrder(context, jane, id);
    for (const [at, connection] of concerned.entries()) {
      const [link] = await linksOf(database, connection);
      expect(link?.desired).toBeGreaterThan(before[at]?.[0]?.desired ?? 0);
    }
    for (const connection of others) expect(await linksOf(database, connection)).toEqual([]);
  });
});

describe('cancelOrder', () => {
  it('cancels what is to come and keeps what is done', async () => {
    const { context, admin, anna, jane } = company;
    const { id } = (
      await placed({ items: itemAt('2026-12-07T09:00:00Z', { staffIds: [anna.id] }), rrule: 'FREQ=DAILY;COUNT=3' })
    ).view;
    const { appointments } = await confirmOrder(context, admin, id);
    const before = company.clock.at;
    company.clock.at = new Date('2026-12-07T09:00:00Z');
    await completeAppointment(context, anna, appointments[0]?.view.id ?? 0);
    company.clock.at = before;
    const cancelled = await cancelOrder(context, jane, id);
    expect(cancelled.view.status).toBe('cancelled');
    expect(cancelled.appointments.map((one) => one.view.status)).toEqual(['completed', 'cancelled', 'cancelled']);
    expect(await cancelOrder(context, jane, id)).toEqual(cancelled);
  });

  it('is for those who may know of the order; a manager leaves other teams alone', async () => {
    const { context, admin, john, anna, bert, managerA, managerB } = company;
    const items = [
      ...itemAt('2026-12-08T09:00:00Z', { staffIds: [anna.id] }),
      ...itemAt('2026-12-08T09:00:00Z', { staffIds: [bert.id] }),
    ];
    const { id } = (await placed({ items })).view;
    await confirmOrder(context, admin, id);
    expect(await refusalOf(cancelOrder(context, john, id))).toBe('not_found');
    expect(await refusalOf(cancelOrder(context, anna, id))).toBe('forbidden');
    expect(await refusalOf(cancelOrder(context, managerA, id))).toBe('forbidden');
    const own = (await placed({ items: itemAt('2026-12-08T13:00:00Z', { staffIds: [bert.id] }) })).view;
    expect(await refusalOf(cancelOrder(context, managerA, own.id))).toBe('not_found');
    expect((await cancelOrder(context, managerB, own.id)).view.status).toBe('cancelled');
  });
});

describe('reading orders', () => {
  it('goes page by page, newest first, each to those who may know', async () => {
    const { context, john, jane, managerB, anna } = company;
    const mine: number[] = [];
    for (let day = 1; day <= 5; day++) {
      mine.push(
        (await createOrder(context, john, orderFor(company, { items: itemAt(`2027-01-0${day}T09:00:00Z`) }))).view.id,
      );
    }
    const seen: number[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await listOrders(context, john, { limit: 2, cursor });
      seen.push(...page.items.map((order) => order.view.id));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(mine.toReversed());
    expect(await refusalOf(listOrders(context, john, { cursor: 'bm9uc2Vuc2U' }))).toBe('invalid_cursor');
    expect(await refusalOf(listOrders(context, anna, {}))).toBe('forbidden');
    expect(await refusalOf(showOrder(context, jane, mine[0] ?? 0))).toBe('not_found');
    const forManager = await showOrder(context, managerB, mine[0] ?? 0);
    expect(forManager.view.items[0]).not.toHaveProperty('priceCents');
    expect(forManager.view.accessNotes).toBe('Key safe 4411');
  });
});
