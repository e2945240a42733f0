import { sql, type Db } from '../db/sql.ts';
import { LONGEST } from './concerned.ts';

/** Which appointments a feed shows. */
export interface FeedWindow {
  from: Date;
  to: Date;
  /** What was cancelled earlier is left out. */
  cancelledAfter: Date;
}

/** An appointment of a feed, and where it stands there. */
export interface FeedPlace {
  id: number;
  startsAt: Date;
  /** The zone's name as it is stored. */
  zone: string;
}

/**
 * Why appointments concern somebody: they ordered them, they or one of their staff are assigned. The parts of the view
 * `audience`, one by one, so that each can be read on from where one stopped.
 */
export interface FeedSource {
  by: 'order' | 'assignment';
  /** Of the order, or of the assigned person. */
  id: number;
}

/** A source that was read up to this appointment's id, in the order of ids. */
export interface ReadSource extends FeedSource {
  after: number;
}

/** An appointment that was looked at. */
interface Found extends FeedPlace {
  shown: boolean;
}

type Condition = ReturnType<typeof sql<boolean>>;

/** SQL: whether the appointment `a` is in the feed of somebody whom it concerns. */
function inWindow({ from, to, cancelledAfter }: FeedWindow): Condition {
  return sql<boolean>`(a.ends_at > ${from} and a.starts_at < ${to} and (a.status <> 'cancelled' or a.updated_at > ${cancelledAfter}))`;
}

/** Where the appointments of a customer, a member of staff or a manager are to be looked for. */
export async function feedSources(db: Db, userId: number): Promise<FeedSource[]> {
  const found = await sql<FeedSource>`
    select 'order' as by, id from orders where customer_id = ${userId}
    union all select 'assignment', id from users where manager_id = ${userId}
    union select 'assignment', ${userId}::bigint`.execute(db);
  return found.rows;
}

/** What one look at some sources gave. */
export interface FeedLook {
  /** Those of the appointments that the feed shows. */
  places: FeedPlace[];
  /** Sources that may hold more. */
  unfinished: ReadSource[];
}

/**
 * Looks at no more than `share` appointments of each of these sources, all of one kind, so that how long it takes does not
 * depend on how much there is.
 */
export async function lookAtSources(
  db: Db,
  sources: readonly ReadSource[],
  window: FeedWindow,
  share: number,
): Promise<FeedLook> {
  const columns = sql`a.id, a.starts_at, a.time_zone, ${inWindow(window)} as shown`;
  const next =
    sources[0]?.by === 'order'
      ? sql`select ${columns} from appointments a where a.order_id = s.id and a.id > s.after order by a.id`
      : sql`select ${columns} from assignments t join appointments a on a.id = t.appointment_id
             where t.user_id = s.id and t.appointment_id > s.after order by t.appointment_id`;
  const found = await sql<Found & { source: number }>`
    select s.id as source, a.id, a.starts_at as "startsAt", a.time_zone as zone, a.shown
      from unnest(${sources.map(({ id }) => id)}::bigint[], ${sources.map(({ after }) => after)}::bigint[]) as s (id, after)
     cross join lateral (${next} limit ${sql.lit(share)}) a`.execute(db);
  const bySource = Map.groupBy(found.rows, ({ source }) => source);
  return {
    places: found.rows.filter(({ shown }) => shown),
    unfinished: sources.flatMap((source) => {
      const rows = bySource.get(source.id) ?? [];
      const after = rows.reduce((highest, { id }) => Math.max(highest, id), source.after);
      return rows.length < share ? [] : [{ ...source, after }];
    }),
  };
}

/** What one look at everything gave. */
export interface FeedLookAtAll {
  places: FeedPlace[];
  /** Where to go on; `null`: there is nothing more. */
  last: FeedPlace | null;
}

/** The same for an administrator, whom all appointments concern: the next ones by their start. */
export async function lookAtAll(
  db: Db,
  window: FeedWindow,
  after: Pick<FeedPlace, 'startsAt' | 'id'> | null,
  limit: number,
): Promise<FeedLookAtAll> {
  const later =
    after === null
      ? sql`a.starts_at > ${window.from}::timestamptz - ${LONGEST}`
      : sql`(a.starts_at, a.id) > (${after.startsAt}::timestamptz, ${after.id}::bigint)`;
  const found = await sql<Found>`
    select a.id, a.starts_at as "startsAt", a.time_zone as zone, ${inWindow(window)} as shown
      from appointments a where ${later} and a.starts_at < ${window.to}
     order by a.starts_at, a.id limit ${sql.lit(limit)}`.execute(db);
  const last = found.rows.length < limit ? null : (found.rows.at(-1) ?? null);
  return { places: found.rows.filter(({ shown }) => shown), last };
}
