import { sql, type Db, type Tx } from '../db/sql.ts';
import type { Address } from '../domain/appointment.ts';
import type { Order, OrderItem, OrderStatus } from '../domain/order.ts';
import { knowsOrder, type Reader } from './access.ts';

/** What a new order is made of; it starts as `pending`. */
export interface NewOrder {
  customerId: number;
  createdBy: number;
  timeZone: string;
  notes: string | null;
  address: Address;
  accessNotes: string | null;
  rrule: string | null;
  items: readonly (Omit<OrderItem, 'id' | 'service'> & { serviceId: number })[];
}

/** @returns the order's id */
export async function insertOrder(tx: Tx, order: NewOrder, now: Date): Promise<number> {
  const { line1, line2, city, postalCode, country } = order.address;
  const made = await sql<{ id: number }>`
    insert into orders (customer_id, created_by, status, time_zone, notes, line1, line2, city, postal_code, country,
                        access_notes, rrule, created_at, updated_at)
    values (${order.customerId}, ${order.createdBy}, 'pending', ${order.timeZone}, ${order.notes}, ${line1}, ${line2},
            ${city}, ${postalCode}, ${country}, ${order.accessNotes}, ${order.rrule}, ${now}, ${now})
    returning id`.execute(tx);
  const { id } = made.rows[0]!;
  const rows = order.items.map(
    (item, position) => sql`(${id}::bigint, ${position}::integer, ${item.serviceId}::bigint, ${item.quantity}::integer,
      ${item.startsWall}, ${item.startsAt}::timestamptz, ${item.durationMinutes}::integer, ${item.priceCents}::integer,
      ${item.currency}, ${[...item.staffIds]}::bigint[])`,
  );
  await sql`
    insert into order_items (order_id, position, service_id, quantity, starts_wall, starts_at, duration_minutes,
                             price_cents, currency, staff_ids)
    values ${sql.join(rows)}`.execute(tx);
  return id;
}

/** What decides about an order's next step. */
export interface OrderState {
  id: number;
  status: OrderStatus;
  timeZone: string;
  rrule: string | null;
  materialisedUntil: string | null;
  version: number;
}

const state = sql`o.id, o.status, o.time_zone as "timeZone", o.rrule, o.materialised_until as "materialisedUntil", o.version`;

/** Reads an order that the reader may know of, and keeps it from changing until the transaction ends. */
export async function lockOrder(tx: Tx, reader: Reader, id: number): Promise<OrderState | null> {
  // NO KEY UPDATE: foreign keys of appointments that others make meanwhile need not wait.
  const found = await sql<OrderState>`
    select ${state} from orders o where o.id = ${id} and ${knowsOrder(reader)} for no key update of o`.execute(tx);
  return found.rows[0] ?? null;
}

/** Moves an order on and raises its version. */
export async function setOrderStatus(tx: Tx, id: number, status: OrderStatus, now: Date): Promise<void> {
  await sql`
    update orders set status = ${status}, version = version + 1, updated_at = ${now} where id = ${id}`.execute(tx);
}

/** Notes how far an order has been turned into appointments. No change that people see, so the version stays. */
export async function setMaterialisedUntil(tx: Tx, id: number, until: string): Promise<void> {
  await sql`update orders set materialised_until = ${until} where id = ${id}`.execute(tx);
}

/** Confirmed orders whose appointments reach less far than `wall`, by id. */
export async function ordersToExtend(
  db: Db,
  { wall, afterId, limit }: { wall: string; afterId: number; limit: number },
): Promise<number[]> {
  const found = await sql<{ id: number }>`
    select id from orders where status = 'confirmed' and rrule is not null and materialised_until < ${wall}
       and id > ${afterId} order by id limit ${limit}`.execute(db);
  return found.rows.map((row) => row.id);
}

export interface OrderFilter {
  status?: OrderStatus | undefined;
  customerId?: number | undefined;
  /** Only those made before this one; lists go from the newest to the oldest. */
  beforeId: number | null;
  limit: number;
}

/** Ids of the orders that the reader may know of, newest first. */
export async function listOrderIds(db: Db, reader: Reader, filter: OrderFilter): Promise<number[]> {
  const conditions = [knowsOrder(reader)];
  if (filter.status !== undefined) conditions.push(sql<boolean>`o.status = ${filter.status}`);
  if (filter.customerId !== undefined) conditions.push(sql<boolean>`o.customer_id = ${filter.customerId}`);
  if (filter.beforeId !== null) conditions.push(sql<boolean>`o.id < ${filter.beforeId}`);
  const found = await sql<{ id: number }>`
    select o.id from orders o where ${sql.join(conditions, sql` and `)} order by o.id desc limit ${filter.limit}`.execute(
    db,
  );
  return found.rows.map((row) => row.id);
}

/** Whether the reader may know of the order. */
export async function canKnowOrder(db: Db, reader: Reader, id: number): Promise<boolean> {
  const found = await sql`select 1 from orders o where o.id = ${id} and ${knowsOrder(reader)}`.execute(db);
  return found.rows.length > 0;
}

interface OrderRow extends Omit<Order, 'address' | 'customer' | 'items'>, Address {
  customerId: number;
  customerName: string;
  customerPhone: string | null;
  customerEmail: string;
  items: (Omit<OrderItem, 'startsAt'> & { startsAt: string })[];
}

/** All facts of these orders, newest first, in one statement; unknown ids are left out. */
export async function loadOrders(db: Db, ids: readonly number[]): Promise<Order[]> {
  if (ids.length === 0) return [];
  const found = await sql<OrderRow>`
    select o.id, o.status, o.time_zone as "timeZone", o.notes, o.access_notes as "accessNotes", o.rrule, o.version,
           o.created_at as "createdAt", o.updated_at as "updatedAt", o.line1, o.line2, o.city,
           o.postal_code as "postalCode", o.country, c.id as "customerId", c.name as "customerName",
           c.phone as "customerPhone", c.email as "customerEmail",
           coalesce((select json_agg(json_build_object('id', i.id, 'service', json_build_object('id', s.id, 'name', s.name),
                     'quantity', i.quantity, 'startsWall', i.starts_wall, 'startsAt', i.starts_at,
                     'durationMinutes', i.duration_minutes, 'priceCents', i.price_cents, 'currency', i.currency,
                     'staffIds', i.staff_ids) order by i.position)
              from order_items i join services s on s.id = i.service_id where i.order_id = o.id), '[]') as items
      from orders o join users c on c.id = o.customer_id
     where o.id = any(${ids}::bigint[]) order by o.id desc`.execute(db);
  return found.rows.map(toOrder);
}

function toOrder(row: OrderRow): Order {
  const { line1, line2, city, postalCode, country, customerId, customerName, customerPhone, customerEmail, ...rest } =
    row;
  return {
    ...rest,
    address: { line1, line2, city, postalCode, country },
    customer: { id: customerId, name: customerName, phone: customerPhone, email: customerEmail },
    items: row.items.map((item) => ({ ...item, startsAt: new Date(item.startsAt) })),
  };
}
