import { sql, type Db } from '../db/sql.ts';
import type { AppointmentStatus } from '../domain/appointment.ts';
import { knowsAppointment, type Reader } from './access.ts';
import { LONGEST } from './concerned.ts';

export interface AppointmentFilter {
  /** Only what overlaps `[from, to)`. */
  from?: Date | undefined;
  to?: Date | undefined;
  status?: AppointmentStatus | undefined;
  staffId?: number | undefined;
  customerId?: number | undefined;
  /** Only what somebody has to be found for, or all but that. */
  needsStaff?: boolean | undefined;
  latestFirst: boolean;
  /** Only what a customer waits for an answer about, or all but that. */
  rescheduleRequested?: boolean | undefined;
  /** Only what comes later in the order of the list. */
  after: { startsAt: Date; id: number } | null;
  limit: number;
}

/** Scheduled, and nobody is assigned, or somebody of the team can't come. */
const NEEDS_STAFF = sql`a.status = 'scheduled' and coalesce(
  (select bool_or(t.absent_since is not null) from assignments t where t.appointment_id = a.id), true)`;

/** The appointments that the reader may know of, by their start, then by id. */
export async function listAppointmentIds(
  db: Db,
  reader: Reader,
  filter: AppointmentFilter,
): Promise<{ id: number; startsAt: Date }[]> {
  const { from, to, status, staffId, customerId, needsStaff, rescheduleRequested, latestFirst, after } = filter;
  const conditions = [knowsAppointment(reader)];
  if (from !== undefined) conditions.push(sql`a.ends_at > ${from} and a.starts_at > ${from}::timestamptz - ${LONGEST}`);
  if (to !== undefined) conditions.push(sql`a.starts_at < ${to}`);
  if (status !== undefined) conditions.push(sql`a.status = ${status}`);
  if (staffId !== undefined) {
    conditions.push(sql`a.id in (select appointment_id from assignments where user_id = ${staffId})`);
  }
  if (customerId !== undefined) {
    conditions.push(sql`a.order_id in (select id from orders where customer_id = ${customerId})`);
  }
  if (needsStaff !== undefined) conditions.push(sql`(${NEEDS_STAFF}) = ${needsStaff}`);
  if (rescheduleRequested !== undefined) {
    conditions.push(
      sql`(a.id in (select appointment_id from reschedule_requests where state = 'open')) = ${rescheduleRequested}`,
    );
  }
  const direction = latestFirst ? sql`desc` : sql`asc`;
  if (after !== null) {
    const later = latestFirst ? sql`<` : sql`>`;
    conditions.push(sql`(a.starts_at, a.id) ${later} (${after.startsAt}::timestamptz, ${after.id}::bigint)`);
  }
  const found = await sql<{ id: number; startsAt: Date }>`
    select a.id, a.starts_at as "startsAt" from appointments a
     where ${sql.join(conditions, sql` and `)}
     order by a.starts_at ${direction}, a.id ${direction} limit ${filter.limit}`.execute(db);
  return found.rows;
}

/** Those of these orders that the reader may know of. */
export async function knownAppointmentsOfOrders(
  db: Db,
  reader: Reader,
  orderIds: readonly number[],
): Promise<number[]> {
  const found = await sql<{ id: number }>`
    select a.id from appointments a
     where a.order_id = any(${orderIds}::bigint[]) and ${knowsAppointment(reader)}`.execute(db);
  return found.rows.map((row) => row.id);
}

/** All of an order; what a person may see of them is decided elsewhere. */
export async function appointmentIdsOf(db: Db, orderId: number): Promise<number[]> {
  const found = await sql<{ id: number }>`select id from appointments where order_id = ${orderId}`.execute(db);
  return found.rows.map((row) => row.id);
}

/** Whether the reader may know of the appointment. */
export async function canKnowAppointment(db: Db, reader: Reader, id: number): Promise<boolean> {
  const found = await sql`select 1 from appointments a where a.id = ${id} and ${knowsAppointment(reader)}`.execute(db);
  return found.rows.length > 0;
}

/** The person's own events that their providers have acknowledged, by appointment and provider. */
export async function ownEventIds(
  db: Db,
  userId: number,
  appointmentIds: readonly number[],
): Promise<Map<number, Record<string, string>>> {
  if (appointmentIds.length === 0) return new Map();
  // Of two accounts of one provider, the one that was connected first.
  const found = await sql<{ appointment_id: number; provider: string; remote_id: string }>`
    select distinct on (l.appointment_id, c.provider) l.appointment_id, c.provider, l.remote_id
      from links l join connections c on c.id = l.connection_id
     where l.appointment_id = any(${appointmentIds}::bigint[]) and c.user_id = ${userId}
       and c.status <> 'disconnected' and l.state = 'synced' and l.remote_id is not null
     order by l.appointment_id, c.provider, c.id`.execute(db);
  const events = new Map<number, Record<string, string>>();
  for (const { appointment_id: id, provider, remote_id: remoteId } of found.rows) {
    events.set(id, { ...events.get(id), [provider]: remoteId });
  }
  return events;
}
