import { sql, type Db, type Tx } from '../db/sql.ts';
import type { WallTime } from '../domain/appointment.ts';

/** An appointment's times, and what they were derived from. */
export interface DerivedTimes {
  id: number;
  timeZone: string;
  startsWall: WallTime;
  endsWall: WallTime;
  startsAt: Date;
  endsAt: Date;
}

/** The versions of zone data with which appointments that are still to come were derived. */
export async function zoneVersionsOfComing(db: Db, now: Date): Promise<string[]> {
  const found = await sql<{ version: string }>`
    select distinct zone_version as version from appointments where starts_at >= ${now} and status = 'scheduled'`.execute(
    db,
  );
  return found.rows.map((row) => row.version);
}

/** How many that are still to come were derived with another version. */
export async function countComingNotDerivedWith(db: Db, version: string, now: Date): Promise<number> {
  const counted = await sql<{ count: number }>`
    select count(*)::int as count from appointments
     where starts_at >= ${now} and status = 'scheduled' and zone_version <> ${version}`.execute(db);
  return counted.rows[0]?.count ?? 0;
}

/** Some that are still to come and were derived with these versions, locked until the transaction ends. */
export async function lockComingDerivedWith(
  tx: Tx,
  versions: readonly string[],
  now: Date,
  limit: number,
): Promise<DerivedTimes[]> {
  const found = await sql<DerivedTimes>`
    select id, time_zone as "timeZone", starts_wall as "startsWall", ends_wall as "endsWall", starts_at as "startsAt",
           ends_at as "endsAt"
      from appointments
     where starts_at >= ${now} and status = 'scheduled' and zone_version = any(${[...versions]}::text[])
     order by id limit ${limit} for no key update`.execute(tx);
  return found.rows;
}

/** Notes that these appointments are right with this version of the zone data as they are. */
export async function setZoneVersion(tx: Tx, ids: readonly number[], version: string): Promise<void> {
  await sql`update appointments set zone_version = ${version} where id = any(${[...ids]}::bigint[])`.execute(tx);
}

/** Stores times that newer zone data gave, and raises the appointment's version. */
export async function storeDerivedTimes(tx: Tx, times: DerivedTimes, version: string, now: Date): Promise<void> {
  await sql`
    update appointments set starts_wall = ${times.startsWall}, ends_wall = ${times.endsWall},
           starts_at = ${times.startsAt}, ends_at = ${times.endsAt}, zone_version = ${version},
           version = version + 1, updated_at = ${now}
     where id = ${times.id}`.execute(tx);
}
