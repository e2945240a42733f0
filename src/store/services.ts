import { sql, type Db, type Tx } from '../db/sql.ts';
import type { Service } from '../domain/service.ts';
import { LONGEST } from './concerned.ts';

export type ServiceFacts = Omit<Service, 'id' | 'version'>;

const columns = sql`id, name, duration_minutes as "durationMinutes", price_cents as "priceCents", currency,
  is_active as "isActive", version`;

/** Those that exist, in no particular order. */
export async function loadServices(db: Db, ids: readonly number[]): Promise<Service[]> {
  const found = await sql<Service>`select ${columns} from services where id = any(${ids}::bigint[])`.execute(db);
  return found.rows;
}

/** By id, those after `afterId`. */
export async function listServices(
  db: Db,
  { activeOnly, afterId, limit }: { activeOnly: boolean; afterId: number; limit: number },
): Promise<Service[]> {
  const found = await sql<Service>`
    select ${columns} from services
     where id > ${afterId} and (is_active or not ${activeOnly}::boolean) order by id limit ${limit}`.execute(db);
  return found.rows;
}

export async function insertService(tx: Tx, facts: ServiceFacts, now: Date): Promise<Service> {
  const { name, durationMinutes, priceCents, currency, isActive } = facts;
  const made = await sql<Service>`
    insert into services (name, duration_minutes, price_cents, currency, is_active, created_at, updated_at)
    values (${name}, ${durationMinutes}, ${priceCents}, ${currency}, ${isActive}, ${now}, ${now})
    returning ${columns}`.execute(tx);
  return made.rows[0]!;
}

/** Reads it and keeps it from changing until the transaction ends. */
export async function lockService(tx: Tx, id: number): Promise<Service | null> {
  const found = await sql<Service>`select ${columns} from services where id = ${id} for no key update`.execute(tx);
  return found.rows[0] ?? null;
}

/** Stores all facts and raises the version. */
export async function updateService(tx: Tx, id: number, facts: ServiceFacts, now: Date): Promise<Service> {
  const changed = await sql<Service>`
    update services set name = ${facts.name}, duration_minutes = ${facts.durationMinutes},
           price_cents = ${facts.priceCents}, currency = ${facts.currency}, is_active = ${facts.isActive},
           shown_at = case when name <> ${facts.name}::text then ${now}::timestamptz else shown_at end,
           version = version + 1, updated_at = ${now}
     where id = ${id} returning ${columns}`.execute(tx);
  return changed.rows[0]!;
}

/** The appointments that calendars still show as coming, with this service. */
export async function comingWithService(tx: Tx, serviceId: number, now: Date): Promise<number[]> {
  const found = await sql<{ id: number }>`
    select id from appointments where service_id = ${serviceId} and ends_at >= ${now}
       and starts_at >= ${now}::timestamptz - ${LONGEST} and status <> 'cancelled'`.execute(tx);
  return found.rows.map((row) => row.id);
}
