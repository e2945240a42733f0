import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/time.ts';
import { sql } from '../../src/db/sql.ts';
import { ROLES, type Appointment, type Role } from '../../src/domain/appointment.ts';
import { audienceOf, partOf } from '../../src/domain/audience.ts';
import { listAppointmentIds } from '../../src/store/appointment-lists.ts';
import { loadAppointments } from '../../src/store/appointments.ts';
import { feedPlaces } from '../../src/use-cases/calendar/feed-places.ts';
import { Turns } from '../../src/use-cases/calendar/turns.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { addService, NOW } from './company.ts';

let testDatabase: TestDatabase;
let serviceId: number;

beforeAll(async () => {
  testDatabase = await openTestDatabase();
  serviceId = await addService(testDatabase.database);
});
afterAll(async () => testDatabase?.close());

interface RandomPerson {
  role: Role;
  isActive: boolean;
  /** Index of somebody else, or beyond the list for nobody. Whoever it is: data may be odd. */
  manager: number;
}

interface RandomVisit {
  customer: number;
  team: number[];
}

const MOST = 8;
const person = fc.record({ role: fc.constantFrom(...ROLES), isActive: fc.boolean(), manager: fc.nat(MOST * 2) });
const visit = fc.record({ customer: fc.nat(MOST - 1), team: fc.uniqueArray(fc.nat(MOST - 1), { maxLength: 4 }) });

let runs = 0;

/** Puts random people and visits into the database. @returns the ids of both */
async function store(people: RandomPerson[], visits: RandomVisit[]): Promise<{ userIds: number[]; ids: number[] }> {
  runs += 1;
  return testDatabase.database.transaction(async (tx) => {
    const userIds: number[] = [];
    for (const [at, { role, isActive, manager }] of people.entries()) {
      const made = await sql<{ id: number }>`
        insert into users (email, password_hash, name, role, time_zone, manager_id, is_active, created_at, updated_at)
        values (${`${runs}-${at}@example.com`}, '-', ${`Person ${at}`}, ${role}, 'UTC', ${userIds[manager] ?? null},
                ${isActive}, ${NOW}, ${NOW}) returning id`.execute(tx);
      userIds.push(made.rows[0]!.id);
    }
    const ids: number[] = [];
    for (const { customer, team } of visits) {
      const customerId = userIds[customer % userIds.length];
      const made = await sql<{ id: number }>`
        with o as (
          insert into orders (customer_id, created_by, status, time_zone, line1, city, postal_code, country, created_at, updated_at)
          values (${customerId}, ${customerId}, 'confirmed', 'UTC', 'x', 'x', 'x', 'GB', ${NOW}, ${NOW}) returning id),
        i as (
          insert into order_items (order_id, position, service_id, quantity, starts_wall, starts_at, duration_minutes, price_cents, currency)
          select id, 0, ${serviceId}, 1, '2026-12-01T09:00:00', '2026-12-01T09:00:00Z', 60, 1, 'GBP' from o returning id, order_id)
        insert into appointments (order_id, order_item_id, occurrence_wall, service_id, status, starts_wall, ends_wall, time_zone,
                                  starts_at, ends_at, price_cents, currency, zone_version, created_at, updated_at)
        select order_id, id, '2026-12-01T09:00:00', ${serviceId}, 'scheduled', '2026-12-01T09:00:00', '2026-12-01T10:00:00', 'UTC',
               '2026-12-01T09:00:00Z', '2026-12-01T10:00:00Z', 1, 'GBP', '-', ${NOW}, ${NOW} from i returning id`.execute(
        tx,
      );
      ids.push(made.rows[0]!.id);
      const members = [...new Set(team.map((member) => userIds[member % userIds.length]!))];
      await sql`
        insert into assignments (appointment_id, user_id, position)
        select ${ids.at(-1)}::bigint, m.id, m.position from unnest(${members}::bigint[]) with ordinality as m (id, position)`.execute(
        tx,
      );
    }
    return { userIds, ids };
  });
}

const WINDOW = { from: NOW, to: new Date('2027-01-01'), cancelledAfter: NOW };

/** The contract's "Who sees and does what", once more in words of its own. */
function mayKnow(appointment: Appointment, reader: { id: number; role: Role }): boolean {
  const isCustomer = appointment.customer.id === reader.id;
  const isOnTeam = appointment.team.some((member) => member.id === reader.id);
  switch (reader.role) {
    case 'customer':
      return isCustomer;
    case 'staff':
      return isOnTeam || isCustomer;
    case 'manager':
      return appointment.team.length === 0 || appointment.team.some((member) => member.managerId === reader.id);
    case 'admin':
      return true;
  }
}

describe('in SQL as in words', () => {
  it('the audience, what is in whose feed, and who may know of what', async () => {
    const feeds = { database: testDatabase.database, feeds: { turns: new Turns(systemClock) } };
    const { signal } = new AbortController();
    await fc.assert(
      fc.asyncProperty(
        fc.array(person, { minLength: 1, maxLength: MOST }),
        fc.array(visit, { minLength: 1, maxLength: 4 }),
        async (people, visits) => {
          const { userIds, ids } = await store(people, visits);
          const { db } = testDatabase.database;
          const appointments = await loadAppointments(db, ids);
          expect(appointments.map((one) => one.id).toSorted()).toEqual(ids.toSorted());
          const admins = await sql<{ id: number }>`select id from users where role = 'admin' and is_active`.execute(db);
          const stored = await sql<{ appointment_id: number; user_id: number; part: number }>`
            select appointment_id, user_id, part from audience where appointment_id = any(${ids}::bigint[])`.execute(
            db,
          );
          const inSql = stored.rows.map((row) => `${row.appointment_id} ${row.user_id} ${ROLES[row.part - 1]}`);
          const adminIds = admins.rows.map((row) => row.id);
          const inWords = appointments.flatMap((one) =>
            audienceOf(one, adminIds).map((member) => `${one.id} ${member.userId} ${member.role}`),
          );
          expect(inSql.toSorted()).toEqual(inWords.toSorted());
          for (const [at, { role }] of people.entries()) {
            const reader = { id: userIds[at]!, role };
            const known = await listAppointmentIds(db, reader, { latestFirst: false, after: null, limit: 10_000 });
            const expected = appointments.filter((one) => mayKnow(one, reader)).map((one) => one.id);
            const ofThisRun = new Set(ids);
            expect(known.map((row) => row.id).filter((id) => ofThisRun.has(id))).toEqual(
              expected.toSorted((a, b) => a - b),
            );
            const concerned = appointments.filter((one) => partOf(one, reader) !== null).map((one) => one.id);
            const { ids: places } = await feedPlaces(feeds, reader, WINDOW, signal);
            expect(places.filter((id) => ofThisRun.has(id))).toEqual(concerned.toSorted((a, b) => a - b));
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});
