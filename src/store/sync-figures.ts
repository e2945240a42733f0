import { sql, type Db } from '../db/sql.ts';
import type { LagCount } from '../sync/lag.ts';
import type { ProviderName } from '../sync/provider.ts';

/** What one provider's calls of one minute came to. */
export interface MinuteCounts {
  minute: Date;
  provider: ProviderName;
  /** Operations by outcome; those throttled are among the failed. */
  done: number;
  failed: number;
  throttled: number;
  lags: LagCount[];
}

/** Adds what a node has counted to what all have. One statement: all of it or nothing. */
export async function addFigures(db: Db, minutes: readonly MinuteCounts[]): Promise<void> {
  // In the order of the keys, so that two nodes wait for each other in one direction only.
  const rows = minutes.toSorted(
    (a, b) => a.minute.getTime() - b.minute.getTime() || (a.provider < b.provider ? -1 : 1),
  );
  const lags = rows.flatMap(({ minute, provider, lags: counts }) =>
    counts.toSorted((a, b) => a.bucket - b.bucket).map((count) => ({ minute, provider, ...count })),
  );
  await sql`
    with counted as (
      insert into sync_minutes (minute, provider, done, failed, throttled)
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(minute timestamptz, provider text, done int, failed int, throttled int)
      on conflict (minute, provider) do update set done = sync_minutes.done + excluded.done,
        failed = sync_minutes.failed + excluded.failed, throttled = sync_minutes.throttled + excluded.throttled
    )
    insert into sync_lags (minute, provider, bucket, events)
    select * from jsonb_to_recordset(${JSON.stringify(lags)}::jsonb)
      as r(minute timestamptz, provider text, bucket smallint, events int)
    on conflict (minute, provider, bucket) do update set events = sync_lags.events + excluded.events`.execute(db);
}

/** The sums of one provider since a minute. */
export type ProviderCounts = Omit<MinuteCounts, 'minute'>;

export async function sumFigures(db: Db, since: Date): Promise<ProviderCounts[]> {
  const found = await sql<ProviderCounts>`
    select m.provider, sum(m.done)::int as done, sum(m.failed)::int as failed, sum(m.throttled)::int as throttled,
           coalesce((select json_agg(json_build_object('bucket', l.bucket, 'events', l.events)) from (
             select bucket, sum(events)::int as events from sync_lags
              where minute >= ${since} and provider = m.provider group by bucket) l), '[]') as lags
      from sync_minutes m where m.minute >= ${since} group by m.provider`.execute(db);
  return found.rows;
}

/** Forgets the minutes before `before`. */
export async function deleteOldFigures(db: Db, before: Date): Promise<void> {
  await sql`delete from sync_minutes where minute < ${before}`.execute(db);
  await sql`delete from sync_lags where minute < ${before}`.execute(db);
}
