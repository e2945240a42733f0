import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY } from '../../src/base/time.ts';
import { sql } from '../../src/db/sql.ts';
import { cancelOrder } from '../../src/use-cases/cancel-order.ts';
import { changeAppointment } from '../../src/use-cases/change-appointment.ts';
import { confirmOrder } from '../../src/use-cases/confirm-order.ts';
import { createOrder, type OrderRequest } from '../../src/use-cases/create-order.ts';
import { extendOpenOrders } from '../../src/use-cases/extend-open-orders.ts';
import { showOrder } from '../../src/use-cases/show-order.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { connect, foundCompany, linksOf, NOW, orderFor, refusalOf, type Company } from './company.ts';

let testDatabase: TestDatabase;
let company: Company;

beforeAll(async () => {
  testDatabase = await openTestDatabase();
  company = await foundCompany(testDatabase.database);
});
afterAll(async () => testDatabase?.close());

async function confirmed(more: Partial<OrderRequest>): Promise<number> {
  company.clock.at = NOW;
  const order = await createOrder(
    company.context,
    company.admin,
    orderFor(company, { customerId: company.jane.id, ...more }),
  );
  await confirmOrder(company.context, company.admin, order.view.id);
  return order.view.id;
}

const starts = async (id: number): Promise<string[]> =>
  (await showOrder(company.context, company.admin, id)).appointments.map((one) => one.view.startsWall);

describe('extendOpenOrders', () => {
  it('rolls rules without an end on, day by day, and marks what is new', async () => {
    const connection = await connect(company.database, company.jane);
    const id = await confirmed({ rrule: 'FREQ=WEEKLY' });
    const first = await starts(id);
    expect(first).toHaveLength(25);
    expect(first.at(-1)).toBe('2027-05-18T09:00:00');
    expect((await extendOpenOrders(company.context)).appointments).toBe(0);

    company.clock.at = new Date(NOW.getTime() + 10 * DAY);
    const done = await Promise.all([extendOpenOrders(company.context), extendOpenOrders(company.context)]);
    expect(done.reduce((sum, one) => sum + one.appointments, 0)).toBe(1);
    expect(await starts(id)).toEqual([...first, '2027-05-25T09:00:00']);
    expect(await linksOf(company.database, connection)).toHaveLength(26);
    expect(await extendOpenOrders(company.context)).toEqual({ orders: 0, appointments: 0 });
  });

  it('catches up after a long stop, whatever was moved meanwhile', async () => {
    const id = await confirmed({ rrule: 'FREQ=DAILY;INTERVAL=5' });
    const before = await starts(id);
    const { appointments } = await showOrder(company.context, company.admin, id);
    await changeAppointment(company.context, company.admin, appointments.at(-1)?.view.id ?? 0, {
      startsAt: '2027-08-01T09:00:00',
    });
    company.clock.at = new Date(NOW.getTime() + 400 * DAY);
    await extendOpenOrders(company.context);
    const after = await starts(id);
    expect(new Set(after).size).toBe(after.length);
    expect(after).toHaveLength(before.length + 80);
  });

  it('leaves cancelled orders, and orders whose rule ends, alone', async () => {
    const cancelled = await confirmed({ rrule: 'FREQ=WEEKLY' });
    await cancelOrder(company.context, company.jane, cancelled);
    const ending = await confirmed({ rrule: 'FREQ=WEEKLY;COUNT=60' });
    expect(await starts(ending)).toHaveLength(60);
    const [a, b] = [await starts(cancelled), await starts(ending)];
    company.clock.at = new Date(NOW.getTime() + 900 * DAY);
    await extendOpenOrders(company.context);
    expect([await starts(cancelled), await starts(ending)]).toEqual([a, b]);
  });

  it('begins with the first one even when it lies far ahead, and makes it once', async () => {
    const items = [{ serviceId: company.serviceId, startsAt: '2028-06-01T09:00:00' }];
    const id = await confirmed({ rrule: 'FREQ=MONTHLY', items });
    expect(await starts(id)).toEqual(['2028-06-01T09:00:00']);
    company.clock.at = new Date('2028-02-01T00:00:00Z');
    await extendOpenOrders(company.context);
    expect(await starts(id)).toEqual(
      ['2028-06-01T09:00:00', '2028-07-01T09:00:00', '2028-08-01T09:00:00'].filter((wall) => wall < '2028-08-01'),
    );
  });

  it('does the other orders when one fails, and says so', async () => {
    const [bad, good] = [await confirmed({ rrule: 'FREQ=WEEKLY' }), await confirmed({ rrule: 'FREQ=WEEKLY' })];
    await sql`update orders set rrule = 'FREQ=NEVER' where id = ${bad}`.execute(company.database.db);
    company.clock.at = new Date(NOW.getTime() + 14 * DAY);
    await expect(extendOpenOrders(company.context)).rejects.toThrow('could not be extended');
    expect(await starts(good)).toHaveLength(27);
    await sql`update orders set status = 'cancelled' where id = ${bad}`.execute(company.database.db);
  });

  it('refuses a rule that had too many occurrences already', async () => {
    const items = [{ serviceId: company.serviceId, startsAt: '2020-01-01T09:00:00' }];
    expect(await refusalOf(confirmed({ rrule: 'FREQ=DAILY', items }))).toBe('too_many_occurrences');
  });
});
