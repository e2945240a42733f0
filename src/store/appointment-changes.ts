import { sql, type Db, type Tx } from '../db/sql.ts';
import type { AppointmentStatus, WallTime } from '../domain/appointment.ts';
import type { Booking } from '../domain/overlaps.ts';
import { knowsAppointment, type Reader } from './access.ts';
import { LONGEST } from './concerned.ts';

/** What decides about a change. */
export interface AppointmentState {
  id: number;
  status: AppointmentStatus;
  startsWall: WallTime;
  endsWall: WallTime;
  timeZone: string;
  startsAt: Date;
  endsAt: Date;
  arrivalWindowMinutes: number | null;
  notes: string | null;
  internalNotes: string | null;
  version: number;
}

/** Reads an appointment that the reader may know of, and keeps it from changing until the transaction ends. */
export async function lockAppointment(tx: Tx, reader: Reader, id: number): Promise<AppointmentState | null> {
  // NO KEY UPDATE: foreign keys of links that the engine makes meanwhile need not wait.
  const found = await sql<AppointmentState>`
    select a.id, a.status, a.starts_wall as "startsWall", a.ends_wall as "endsWall", a.time_zone as "timeZone",
           a.starts_at as "startsAt", a.ends_at as "endsAt", a.arrival_window_minutes as "arrivalWindowMinutes",
           a.notes, a.internal_notes as "internalNotes", a.version
      from appointments a where a.id = ${id} and ${knowsAppointment(reader)} for no key update of a`.execute(tx);
  return found.rows[0] ?? null;
}

/** Stores what people may edit, and raises the version. `zoneVersion`: the zone data that new times were derived with. */
export async function updateAppointment(
  tx: Tx,
  changed: AppointmentState,
  { zoneVersion, now }: { zoneVersion: string | null; now: Date },
): Promise<void> {
  await sql`
    update appointments set starts_wall = ${changed.startsWall}, ends_wall = ${changed.endsWall},
           starts_at = ${changed.startsAt}, ends_at = ${changed.endsAt}, zone_version = coalesce(${zoneVersion}, zone_version),
           arrival_window_minutes = ${changed.arrivalWindowMinutes}, notes = ${changed.notes},
           internal_notes = ${changed.internalNotes}, version = version + 1, updated_at = ${now}
     where id = ${changed.id}`.execute(tx);
}

/** Ends an appointment, and raises its version. */
export async function setAppointmentStatus(tx: Tx, id: number, status: AppointmentStatus, now: Date): Promise<void> {
  await sql`
    update appointments set status = ${status}, version = version + 1, updated_at = ${now} where id = ${id}`.execute(
    tx,
  );
}

/** Cancels what is still to come of an order. @returns the ids of those cancelled */
export async function cancelScheduledOf(tx: Tx, orderId: number, now: Date): Promise<number[]> {
  const cancelled = await sql<{ id: number }>`
    update appointments set status = 'cancelled', version = version + 1, updated_at = ${now}
     where order_id = ${orderId} and status = 'scheduled' returning id`.execute(tx);
  return cancelled.rows.map((row) => row.id);
}

/** Whether the order has a scheduled appointment that the reader may not know of. */
export async function hasForeignScheduled(tx: Tx, reader: Reader, orderId: number): Promise<boolean> {
  const found = await sql`
    select 1 from appointments a
     where a.order_id = ${orderId} and a.status = 'scheduled' and not ${knowsAppointment(reader)} limit 1`.execute(tx);
  return found.rows.length > 0;
}

/** The team's ids, the lead first. */
export async function loadTeam(db: Db, appointmentId: number): Promise<number[]> {
  const found = await sql<{ user_id: number }>`
    select user_id from assignments where appointment_id = ${appointmentId} order by position, user_id`.execute(db);
  return found.rows.map((row) => row.user_id);
}

/** Replaces the team, the lead first, and raises the appointment's version. The caller holds its lock. */
export async function replaceTeam(
  tx: Tx,
  appointmentId: number,
  staffIds: readonly number[],
  now: Date,
): Promise<void> {
  await sql`
    delete from assignments where appointment_id = ${appointmentId} and user_id <> all(${[...staffIds]}::bigint[])`.execute(
    tx,
  );
  // Who stays keeps what they have said of themselves.
  await sql`
    insert into assignments (appointment_id, user_id, position)
    select ${appointmentId}::bigint, named.user_id, named.position - 1
      from unnest(${[...staffIds]}::bigint[]) with ordinality as named (user_id, position)
    on conflict (appointment_id, user_id) do update set position = excluded.position`.execute(tx);
  await sql`update appointments set version = version + 1, updated_at = ${now} where id = ${appointmentId}`.execute(tx);
}

/** The scheduled appointments of everyone on the teams of `ids`, from the first start to the last end of those. */
export async function bookingsAround(db: Db, ids: readonly number[]): Promise<Booking[]> {
  const around = await sql<{ first: Date; last: Date; team: number[] | null }>`
    select min(a.starts_at) as first, max(a.ends_at) as last, array_agg(distinct t.user_id) as team
      from appointments a join assignments t on t.appointment_id = a.id where a.id = any(${ids}::bigint[])`.execute(db);
  const { first, last, team } = around.rows[0]!;
  if (team === null) return [];
  const found = await sql<Booking>`
    select t.user_id as "userId", a.id as "appointmentId", a.starts_at as "startsAt", a.ends_at as "endsAt"
      from assignments t join appointments a on a.id = t.appointment_id
     where t.user_id = any(${team}::bigint[]) and a.status = 'scheduled' and a.starts_at < ${last} and a.ends_at > ${first}
       and a.starts_at > ${first}::timestamptz - ${LONGEST}`.execute(db);
  return found.rows;
}

/** Takes a person off the teams of what is still to come. @returns the appointments */
export async function leaveTeams(tx: Tx, userId: number, now: Date): Promise<number[]> {
  const left = await sql<{ id: number }>`
    delete from assignments t using appointments a
     where a.id = t.appointment_id and t.user_id = ${userId} and a.status = 'scheduled' and a.ends_at >= ${now}
    returning a.id`.execute(tx);
  const ids = left.rows.map((row) => row.id).toSorted((a, b) => a - b);
  await sql`
    update appointments set version = version + 1, updated_at = ${now}
     where id = any(${ids}::bigint[])`.execute(tx);
  return ids;
}

/** What a person of the team has said before; the caller holds the appointment's lock. `null`: they are not on the team. */
export async function wasAbsent(tx: Tx, appointmentId: number, userId: number): Promise<boolean | null> {
  const found = await sql<{ absent: boolean }>`
    select absent_since is not null as absent from assignments
     where appointment_id = ${appointmentId} and user_id = ${userId}`.execute(tx);
  return found.rows[0]?.absent ?? null;
}

/** Notes that a person of the teams can't come. Said again, only the words change. */
export async function setAbsence(
  tx: Tx,
  { appointmentIds, userId, note }: { appointmentIds: readonly number[]; userId: number; note: string | null },
  now: Date,
): Promise<void> {
  await sql`
    update assignments set absent_since = coalesce(absent_since, ${now}), absence_note = ${note}
     where appointment_id = any(${[...appointmentIds]}::bigint[]) and user_id = ${userId}`.execute(tx);
}

export async function clearAbsence(tx: Tx, appointmentIds: readonly number[], userId: number): Promise<void> {
  await sql`
    update assignments set absent_since = null, absence_note = null
     where appointment_id = any(${[...appointmentIds]}::bigint[]) and user_id = ${userId}`.execute(tx);
}

/** One visit of a person, and whether they have said that they can't come. */
export interface OwnVisit {
  id: number;
  absent: boolean;
}

/**
 * The scheduled appointments on whose teams a person is, that overlap `[from, to)`. They are kept from changing until the
 * transaction ends.
 */
export async function lockOwnVisits(
  tx: Tx,
  userId: number,
  { from, to }: { from: Date; to: Date },
): Promise<OwnVisit[]> {
  const found = await sql<OwnVisit>`
    select a.id, t.absent_since is not null as absent from appointments a join assignments t on t.appointment_id = a.id
     where t.user_id = ${userId} and a.status = 'scheduled' and a.starts_at < ${to} and a.ends_at > ${from}
     order by a.id for no key update of a`.execute(tx);
  return found.rows;
}
