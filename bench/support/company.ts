import { HOUR } from '../../src/base/time.ts';
import { sql } from '../../src/db/sql.ts';
import type { Role } from '../../src/domain/appointment.ts';
import { sealTokens } from '../../src/store/connection-tokens.ts';
import { markAppointments } from '../../src/store/mark-links.ts';
import { insertService } from '../../src/store/services.ts';
import { markingNow } from '../../src/use-cases/marking.ts';
import type { Product } from './product.ts';

/* Fills the database as the product would have it after a while, by few statements: thousands of people and appointments
   take seconds so. What is measured is always done by the product itself. */

/** Good for all of a run, so that no side is interrupted by refreshes. */
const TOKEN_LIFETIME_MS = 12 * HOUR;

/** An account of a person at the provider. */
export interface Account {
  userId: number;
  connectionId: number;
}

/** The access token by which the provider tells an account. */
export function tokenOf(connectionId: number): string {
  return `token-${connectionId}`;
}

export async function addService({ database, context }: Product): Promise<number> {
  const service = { name: 'Deep clean', durationMinutes: 120, priceCents: 12_000, currency: 'GBP', isActive: true };
  return (await database.transaction((tx) => insertService(tx, service, context.clock.now()))).id;
}

/** @returns their ids; staff get the managers in turn */
export async function addPeople(
  { database, context }: Product,
  role: Role,
  count: number,
  managers: readonly number[] = [],
): Promise<number[]> {
  const now = context.clock.now();
  const made = await sql<{ id: number }>`
    insert into users (email, password_hash, name, phone, role, time_zone, manager_id, created_at, updated_at)
    select gen_random_uuid() || '@valclean.example', 'none', 'Person' || n || ' Example', '+44 20 7946 0' || (100 + n % 900),
           ${role}, 'Europe/London', (${[...managers]}::bigint[])[1 + n % ${Math.max(1, managers.length)}::int], ${now}, ${now}
      from generate_series(1, ${count}::int) n
    returning id`.execute(database.db);
  return made.rows.map((row) => row.id);
}

/** Connects an account for each of these people. */
export async function connectPeople({ database, context }: Product, userIds: readonly number[]): Promise<Account[]> {
  const now = context.clock.now();
  const made = await sql<Account>`
    insert into connections (user_id, provider, account_id, account_email, calendar_id, calendar_name, calendar_kind,
                             status, created_at, updated_at)
    select id, 'google', 'account-' || id, 'account-' || id || '@gmail.example', 'primary', 'Primary', 'primary',
           'active', ${now}, ${now}
      from unnest(${[...userIds]}::bigint[]) as u (id)
    returning id as "connectionId", user_id as "userId"`.execute(database.db);
  const sealed = made.rows.map(({ connectionId }) =>
    sealTokens(context.cipher, connectionId, {
      accessToken: tokenOf(connectionId),
      refreshToken: `refresh-${connectionId}`,
    }),
  );
  await sql`
    update connections set access_token = t.access, refresh_token = t.refresh,
           access_expires_at = ${new Date(now.getTime() + TOKEN_LIFETIME_MS)}
      from unnest(${made.rows.map((row) => row.connectionId)}::bigint[], ${sealed.map((one) => one.accessToken)}::text[],
                  ${sealed.map((one) => one.refreshToken)}::text[]) as t (id, access, refresh)
     where connections.id = t.id`.execute(database.db);
  return made.rows;
}

/**
 * Confirmed orders with `each` appointments for each customer, spread over the next 300 days; their calendars are not
 * marked yet. @returns the appointments' ids
 */
export async function addAppointments(
  { database, context }: Product,
  serviceId: number,
  customers: readonly number[],
  each = 1,
): Promise<number[]> {
  const now = context.clock.now();
  const made = await sql<{ id: number }>`
    with placed as (
      insert into orders (customer_id, created_by, status, time_zone, notes, line1, city, postal_code, country,
                          access_notes, created_at, updated_at)
      select c.id, c.id, 'confirmed', 'Europe/London', 'Ring twice', c.id || ' High Street', 'London', 'N1 1AA', 'GB',
             'Key safe 4411', ${now}, ${now}
        from unnest(${[...customers]}::bigint[]) as c (id)
      returning id
    ), times as (
      select placed.id as order_id, n as position,
             date_trunc('hour', ${now}::timestamptz) + interval '3 days' + make_interval(hours => (n * 7 + placed.id * 3)::int % 7000)
               as starts_at
        from placed, generate_series(0, ${each - 1}::int) n
    ), items as (
      insert into order_items (order_id, position, service_id, quantity, starts_wall, starts_at, duration_minutes,
                               price_cents, currency)
      select order_id, position, ${serviceId}::bigint, 1,
             to_char(starts_at at time zone 'Europe/London', 'YYYY-MM-DD"T"HH24:MI:SS'), starts_at, 120, 12000, 'GBP'
        from times
      returning id, order_id, starts_wall, starts_at
    )
    insert into appointments (order_id, order_item_id, occurrence_wall, service_id, status, starts_wall, ends_wall,
                              time_zone, starts_at, ends_at, notes, price_cents, currency, zone_version, created_at, updated_at)
    select order_id, id, starts_wall, ${serviceId}::bigint, 'scheduled', starts_wall,
           to_char((starts_at + interval '2 hours') at time zone 'Europe/London', 'YYYY-MM-DD"T"HH24:MI:SS'),
           'Europe/London', starts_at, starts_at + interval '2 hours', 'Ring twice', 12000, 'GBP',
           ${context.zones.version}, ${now}, ${now}
      from items
    returning id`.execute(database.db);
  return made.rows.map((row) => row.id);
}

/** Marks the calendars concerned, in one transaction as the product does. `priority` 1 is a backfill's. */
export async function mark(
  { database, context }: Product,
  appointmentIds: readonly number[],
  priority: 0 | 1 = 0,
): Promise<void> {
  await database.transaction((tx) => markAppointments(tx, appointmentIds, markingNow(context, priority)));
}

export interface PendingOrder {
  customerId: number;
  staffId: number;
  /** Wall time in London. */
  startsWall: string;
}

/** Orders of one item that wait to be confirmed. @returns their ids, in the order given */
export async function addPendingOrders(
  { database, context }: Product,
  serviceId: number,
  orders: readonly PendingOrder[],
  rrule: string | null,
): Promise<number[]> {
  const now = context.clock.now();
  const made = await sql<{ id: number }>`
    with wishes as (
      select * from unnest(${orders.map((one) => one.customerId)}::bigint[], ${orders.map((one) => one.staffId)}::bigint[],
                           ${orders.map((one) => one.startsWall)}::text[]) with ordinality
        as w (customer_id, staff_id, starts_wall, n)
    ), numbered as (
      select wishes.*, nextval(pg_get_serial_sequence('orders', 'id')) as order_id from wishes
    ), placed as (
      insert into orders (id, customer_id, created_by, status, time_zone, notes, line1, city, postal_code, country,
                          access_notes, rrule, created_at, updated_at)
      overriding system value
      select order_id, customer_id, customer_id, 'pending', 'Europe/London', 'Ring twice', '1 High Street', 'London',
             'N1 1AA', 'GB', 'Key safe 4411', ${rrule}, ${now}, ${now}
        from numbered
      returning id
    ), items as (
      insert into order_items (order_id, position, service_id, quantity, starts_wall, starts_at, duration_minutes,
                               price_cents, currency, staff_ids)
      select order_id, 0, ${serviceId}::bigint, 1, starts_wall, starts_wall::timestamp at time zone 'Europe/London', 60,
             12000, 'GBP', array[staff_id]
        from numbered join placed on placed.id = numbered.order_id
    )
    select order_id as id from numbered order by n`.execute(database.db);
  return made.rows.map((row) => row.id);
}

/** The database's statistics, as after some time of use: nothing is measured on tables that look empty to the planner. */
export async function settleTables({ database }: Product): Promise<void> {
  for (const table of ['users', 'connections', 'orders', 'order_items', 'appointments', 'assignments', 'links']) {
    await sql.raw(`analyze ${table}`).execute(database.db);
  }
}
