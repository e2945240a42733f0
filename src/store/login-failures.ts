import { sql, type Db } from '../db/sql.ts';

/** The failures of one counted thing within the time looked at. */
export interface FailureCount {
  counted: string;
  failures: number;
}

/** Failures since `since`; things without any are left out. */
export async function countFailures(db: Db, counted: readonly string[], since: Date): Promise<FailureCount[]> {
  const { rows } = await sql<FailureCount>`
    select counted, count(*)::int as failures from login_failures
     where counted = any(${[...counted]}::text[]) and at > ${since} group by counted`.execute(db);
  return rows;
}

/** When the newest but `skip` failures happened: the moment from which on fewer than that many are left is a window later. */
export async function failureTime(db: Db, counted: string, since: Date, skip: number): Promise<Date | null> {
  const { rows } = await sql<{ at: Date }>`
    select at from login_failures where counted = ${counted} and at > ${since}
     order by at desc offset ${skip} limit 1`.execute(db);
  return rows[0]?.at ?? null;
}

export async function insertFailures(db: Db, counted: readonly string[], now: Date): Promise<void> {
  await sql`
    insert into login_failures (counted, at)
    select thing, ${now}::timestamptz from unnest(${[...counted]}::text[]) as thing`.execute(db);
}

/** For the upkeep. */
export async function deleteFailuresBefore(db: Db, before: Date): Promise<number> {
  const gone = await sql`delete from login_failures where at <= ${before}`.execute(db);
  return Number(gone.numAffectedRows ?? 0);
}
