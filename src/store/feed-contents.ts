import { sql, type Db } from '../db/sql.ts';
import type { Role } from '../domain/appointment.ts';
import { concerns, LONGEST } from './concerned.ts';

/** Which appointments a feed shows. */
export interface FeedWindow {
  from: Date;
  to: Date;
  /** What was cancelled earlier is left out. */
  cancelledAfter: Date;
}

/** Where an appointment stands in a feed. */
export interface FeedPlace {
  startsAt: Date;
  id: number;
}

interface Person {
  id: number;
  role: Role;
}

type Condition = ReturnType<typeof sql<boolean>>;

/** SQL: whether the appointment `a` is in the person's feed. */
function inFeed(person: Person, { from, to, cancelledAfter }: FeedWindow): Condition {
  return sql<boolean>`a.starts_at > ${from}::timestamptz - ${LONGEST} and a.ends_at > ${from}
    and a.starts_at < ${to} and (a.status <> 'cancelled' or a.updated_at > ${cancelledAfter}) and ${concerns(person)}`;
}

/** The names of the zones in which a feed's events are, as they are stored. */
export async function feedZones(db: Db, person: Person, window: FeedWindow): Promise<string[]> {
  const found = await sql<{ zone: string }>`
    select distinct a.time_zone as zone from appointments a where ${inFeed(person, window)}`.execute(db);
  return found.rows.map((row) => row.zone);
}

/** Some of a feed's appointments, soonest first, those after `after`. */
export async function feedAppointments(
  db: Db,
  person: Person,
  window: FeedWindow,
  after: FeedPlace | null,
  limit: number,
): Promise<FeedPlace[]> {
  const later =
    after === null ? sql`true` : sql`(a.starts_at, a.id) > (${after.startsAt}::timestamptz, ${after.id}::bigint)`;
  const found = await sql<FeedPlace>`
    select a.starts_at as "startsAt", a.id from appointments a
     where ${inFeed(person, window)} and ${later} order by a.starts_at, a.id limit ${limit}`.execute(db);
  return found.rows;
}
