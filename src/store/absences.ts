import { sql, type Db, type Tx } from '../db/sql.ts';
import type { Role } from '../domain/appointment.ts';
import type { AbsentDays } from '../domain/absent-days.ts';

const COLUMNS = sql`x.first_day as "firstDay", x.last_day as "lastDay", x.note, x.since`;

/** All that a person has said; nobody else changes it until the transaction ends. Call before appointments are locked. */
export async function lockAbsentDays(tx: Tx, userId: number): Promise<AbsentDays[]> {
  await sql`select from users where id = ${userId} for no key update`.execute(tx);
  const found = await sql<AbsentDays>`
    select ${COLUMNS} from absences x where x.user_id = ${userId} order by x.first_day`.execute(tx);
  return found.rows;
}

/** Replaces all that a person has said; the caller holds the lock. */
export async function replaceAbsentDays(tx: Tx, userId: number, all: readonly AbsentDays[]): Promise<void> {
  await sql`delete from absences where user_id = ${userId}`.execute(tx);
  await sql`
    insert into absences (user_id, first_day, last_day, note, since)
    select ${userId}::bigint, x.first_day, x.last_day, x.note, x.since
      from jsonb_to_recordset(${JSON.stringify(all.map(toRow))}::jsonb)
        as x(first_day date, last_day date, note text, since timestamptz)`.execute(tx);
}

function toRow({ firstDay, lastDay, note, since }: AbsentDays): Record<string, unknown> {
  return { first_day: firstDay, last_day: lastDay, note, since };
}

/** Forgets what was over before this day. */
export async function deleteOldAbsences(tx: Tx, before: string): Promise<void> {
  await sql`delete from absences where last_day < ${before}::date`.execute(tx);
}

/** Days of one of the staff. */
export interface StaffAbsence extends AbsentDays {
  userId: number;
  /** The zone in which the days are meant. */
  timeZone: string;
}

export interface AbsenceFilter {
  /** Only what has one of these days. */
  from?: string | undefined;
  until?: string | undefined;
  /** Only what comes later in the order of the list. */
  after: { firstDay: string; userId: number } | null;
  limit: number;
}

/** Absences of active staff by their first day: for administrators of all, for managers of their own, for staff their own. */
export async function listAbsences(
  db: Db,
  reader: { id: number; role: Role },
  { from, until, after, limit }: AbsenceFilter,
): Promise<StaffAbsence[]> {
  const conditions = [sql`u.role = 'staff' and u.is_active`];
  if (reader.role === 'manager') conditions.push(sql`u.manager_id = ${reader.id}`);
  else if (reader.role !== 'admin') conditions.push(sql`u.id = ${reader.id}`);
  if (from !== undefined) conditions.push(sql`x.last_day >= ${from}::date`);
  if (until !== undefined) conditions.push(sql`x.first_day <= ${until}::date`);
  if (after !== null)
    conditions.push(sql`(x.first_day, x.user_id) > (${after.firstDay}::date, ${after.userId}::bigint)`);
  const found = await sql<StaffAbsence>`
    select ${COLUMNS}, u.id as "userId", u.time_zone as "timeZone" from absences x join users u on u.id = x.user_id
     where ${sql.join(conditions, sql` and `)} order by x.first_day, x.user_id limit ${limit}`.execute(db);
  return found.rows;
}

/** An absence of somebody on the team of an appointment, about its time. */
export interface TeamAbsence extends StaffAbsence {
  name: string;
  managerId: number | null;
  appointmentId: number;
  startsAt: Date;
  endsAt: Date;
}

/** What those on the teams of these scheduled appointments have said of days that may be those of the appointment. */
export async function absencesAround(db: Db, appointmentIds: readonly number[]): Promise<TeamAbsence[]> {
  // Which day it is in the person's own zone is not asked of the database; a day more at either end has it in any zone.
  const found = await sql<TeamAbsence>`
    select ${COLUMNS}, u.id as "userId", u.time_zone as "timeZone", u.name, u.manager_id as "managerId",
           a.id as "appointmentId", a.starts_at as "startsAt", a.ends_at as "endsAt"
      from appointments a join assignments t on t.appointment_id = a.id
      join users u on u.id = t.user_id and u.role = 'staff' and u.is_active
      join absences x on x.user_id = u.id
       and x.first_day <= (a.ends_at at time zone 'UTC')::date + 1 and x.last_day >= (a.starts_at at time zone 'UTC')::date - 1
     where a.id = any(${[...appointmentIds]}::bigint[]) and a.status = 'scheduled'
     order by a.starts_at, a.id, t.position, x.first_day`.execute(db);
  return found.rows;
}
