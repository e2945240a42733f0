import type { Clock } from '../../src/base/time.ts';
import type { Database } from '../../src/db/database.ts';
import { sql } from '../../src/db/sql.ts';
import type { Role } from '../../src/domain/appointment.ts';
import type { Caller, UseCaseContext } from '../../src/use-cases/context.ts';
import type { OrderRequest } from '../../src/use-cases/create-order.ts';
import { loadZones } from '../../src/zones/zones.ts';

export const zones = loadZones();

/** Long before every appointment of these tests. */
export const NOW = new Date('2026-11-20T12:00:00Z');

/** A clock that stands still until it is told otherwise. */
export interface HandClock extends Clock {
  at: Date;
}

export interface Company {
  database: Database;
  clock: HandClock;
  context: UseCaseContext;
  admin: Caller;
  managerA: Caller;
  managerB: Caller;
  /** Staff of manager A. */
  anna: Caller;
  alan: Caller;
  /** Staff of manager B. */
  bert: Caller;
  jane: Caller;
  john: Caller;
  /** 120 minutes, 12,000 cents. */
  serviceId: number;
}

/** A small company in a fresh database. */
export async function foundCompany(database: Database): Promise<Company> {
  const clock: HandClock = { at: NOW, now: () => clock.at, sleep: async () => {} };
  const settings = {
    businessName: 'VALClean',
    appUrl: 'http://localhost:3000',
    syncHorizonDays: 365,
    overviewHorizonDays: 60,
  };
  const hire = (name: string, role: Role, managerId?: number): Promise<Caller> =>
    addPerson(database, { name, role, managerId });
  const managerA = await hire('Mona Adams', 'manager');
  const managerB = await hire('Max Brown', 'manager');
  return {
    database,
    clock,
    context: { database, clock, zones, settings },
    admin: await hire('Ada Root', 'admin'),
    managerA,
    managerB,
    anna: await hire('Anna Smith', 'staff', managerA.id),
    alan: await hire('Alan Jones', 'staff', managerA.id),
    bert: await hire('Bert Miller', 'staff', managerB.id),
    jane: await hire('Jane Doe', 'customer'),
    john: await hire('John Roe', 'customer'),
    serviceId: await addService(database),
  };
}

export async function addPerson(
  database: Database,
  person: { name: string; role: Role; managerId?: number | undefined; phone?: string; email?: string },
): Promise<Caller> {
  const email = person.email ?? `${person.name.replaceAll(' ', '.')}@example.com`;
  const made = await sql<{ id: number }>`
    insert into users (email, password_hash, name, phone, role, time_zone, manager_id, created_at, updated_at)
    values (${email}, '-', ${person.name}, ${person.phone ?? '+44 20 7946 0000'}, ${person.role}, 'Europe/London',
            ${person.managerId ?? null}, ${NOW}, ${NOW}) returning id`.execute(database.db);
  return { id: made.rows[0]!.id, role: person.role };
}

export async function addService(database: Database, name = 'Deep clean', currency = 'GBP'): Promise<number> {
  const made = await sql<{ id: number }>`
    insert into services (name, duration_minutes, price_cents, currency, created_at, updated_at)
    values (${name}, 120, 12000, ${currency}, ${NOW}, ${NOW}) returning id`.execute(database.db);
  return made.rows[0]!.id;
}

/** A calendar account, as if its owner had connected it; the same again is the same one. @returns its id */
export async function connect(database: Database, owner: Caller, provider = 'google'): Promise<number> {
  const made = await sql<{ id: number }>`
    insert into connections (user_id, provider, account_id, account_email, calendar_id, calendar_kind, status, created_at, updated_at)
    values (${owner.id}, ${provider}, ${`account-${owner.id}`}, 'someone@example.com', 'primary', 'primary', 'active', ${NOW}, ${NOW})
    on conflict (user_id, provider, account_id) do update set status = 'active' returning id`.execute(database.db);
  return made.rows[0]!.id;
}

export interface LinkRow {
  appointmentId: number;
  connectionId: number;
  desired: number;
  dirty: boolean;
}

/** Links of one connection, by appointment. */
export async function linksOf(database: Database, connectionId: number): Promise<LinkRow[]> {
  const found = await sql<LinkRow>`
    select appointment_id as "appointmentId", connection_id as "connectionId", desired, dirty from links
     where connection_id = ${connectionId} order by appointment_id`.execute(database.db);
  return found.rows;
}

/** What Jane would ask for; with `more` on top. */
export function orderFor(company: Company, more: Partial<OrderRequest> = {}): OrderRequest {
  return {
    timeZone: 'Europe/London',
    notes: 'Ring twice',
    address: { line1: '1 High Street', line2: null, city: 'London', postalCode: 'N1 1AA', country: 'GB' },
    accessNotes: 'Key safe 4411',
    items: [{ serviceId: company.serviceId, startsAt: '2026-12-01T09:00:00+00:00' }],
    ...more,
  };
}

/** The code of the refusal that `work` ends in. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return String(error.code);
    throw error;
  }
  return 'none';
}
