import { sql, type Db, type Tx } from '../db/sql.ts';
import type { WallTime } from '../domain/appointment.ts';

/** What the appointments of one item are made from. */
export interface ItemPlan {
  id: number;
  startsWall: WallTime;
  startsAt: Date;
  durationMinutes: number;
}

/** In the order in which they were asked for. */
export async function loadItemPlans(db: Db, orderId: number): Promise<ItemPlan[]> {
  const found = await sql<ItemPlan>`
    select id, starts_wall as "startsWall", starts_at as "startsAt", duration_minutes as "durationMinutes"
      from order_items where order_id = ${orderId} order by position`.execute(db);
  return found.rows;
}

/** One appointment to be. */
export interface NewOccurrence {
  itemId: number;
  /** What the rule gave; tells occurrences of an item apart for ever. */
  occurrenceWall: WallTime;
  startsWall: WallTime;
  endsWall: WallTime;
  startsAt: Date;
  endsAt: Date;
}

/**
 * Makes appointments with the team that their item names, as far as those people still work here. An occurrence that
 * exists already is passed over. @returns the ids of those made
 */
export async function insertOccurrences(
  tx: Tx,
  occurrences: readonly NewOccurrence[],
  { zoneVersion, now }: { zoneVersion: string; now: Date },
): Promise<number[]> {
  if (occurrences.length === 0) return [];
  const column = <T>(read: (occurrence: NewOccurrence) => T): T[] => occurrences.map((occurrence) => read(occurrence));
  const made = await sql<{ id: number }>`
    insert into appointments (order_id, order_item_id, occurrence_wall, service_id, status, starts_wall, ends_wall,
                              time_zone, starts_at, ends_at, notes, price_cents, currency, zone_version, created_at, updated_at)
    select o.id, i.id, n.occurrence_wall, i.service_id, 'scheduled', n.starts_wall, n.ends_wall, o.time_zone,
           n.starts_at, n.ends_at, o.notes, i.price_cents, i.currency, ${zoneVersion}, ${now}, ${now}
      from unnest(${column((one) => one.itemId)}::bigint[], ${column((one) => one.occurrenceWall)}::text[],
                  ${column((one) => one.startsWall)}::text[], ${column((one) => one.endsWall)}::text[],
                  ${column((one) => one.startsAt.toISOString())}::timestamptz[],
                  ${column((one) => one.endsAt.toISOString())}::timestamptz[])
             as n (item_id, occurrence_wall, starts_wall, ends_wall, starts_at, ends_at)
      join order_items i on i.id = n.item_id
      join orders o on o.id = i.order_id
     order by n.starts_at, i.position
    on conflict (order_item_id, occurrence_wall) do nothing
    returning id`.execute(tx);
  const ids = made.rows.map((row) => row.id);
  await assignFromItems(tx, ids);
  return ids;
}

async function assignFromItems(tx: Tx, ids: readonly number[]): Promise<void> {
  await sql`
    insert into assignments (appointment_id, user_id, position)
    select a.id, u.id, named.position - 1
      from appointments a
      join order_items i on i.id = a.order_item_id
      cross join unnest(i.staff_ids) with ordinality as named (user_id, position)
      join users u on u.id = named.user_id and u.role = 'staff' and u.is_active
     where a.id = any(${ids}::bigint[])`.execute(tx);
}

/** An appointment beside the wall time that its rule had given. */
export interface OccurrenceWall {
  appointmentId: number;
  occurrenceWall: WallTime;
  startsWall: WallTime;
  timeZone: string;
}

/** Those of an order that don't start when their rule said: moved out of a DST gap, or by a person. Soonest first. */
export async function movedOccurrences(db: Db, orderId: number): Promise<OccurrenceWall[]> {
  const found = await sql<OccurrenceWall>`
    select id as "appointmentId", occurrence_wall as "occurrenceWall", starts_wall as "startsWall", time_zone as "timeZone"
      from appointments where order_id = ${orderId} and occurrence_wall <> starts_wall order by starts_at, id`.execute(
    db,
  );
  return found.rows;
}
