import { sql, type Db, type Tx } from '../db/sql.ts';

/*
 * Each feed has a number that grows with every change of what it shows: its `version` plus the rows of `feed_changes` that
 * wait to be added to it. It does not matter in which order transactions commit, and who changes the business waits for
 * nobody. Who makes feeds has the lock of the audience alone, so that no change overlooks a new feed (`lockAudience`).
 */

/** Notes that these appointments look different in the feeds of those concerned now. */
export async function touchFeedsOf(tx: Tx, appointmentIds: readonly number[]): Promise<void> {
  if (appointmentIds.length === 0) return;
  await sql`
    insert into feed_changes (feed_id)
    select f.id from feeds f
     where f.user_id in (select m.user_id from audience m where m.appointment_id = any(${[...appointmentIds]}::bigint[]))
     order by f.id`.execute(tx);
}

/** Notes that everything in one person's feeds may look different. */
export async function touchFeedsOfPerson(tx: Tx, userId: number): Promise<void> {
  await sql`insert into feed_changes (feed_id) select id from feeds where user_id = ${userId}`.execute(tx);
}

/**
 * Notes that a person looks different, or plays another part, to all who share an appointment with them, past ones
 * included. Where somebody ceases to be concerned it is to be called before the change too.
 */
export async function touchFeedsAround(tx: Tx, userId: number): Promise<void> {
  const feeds = await sql`select from feeds limit 1`.execute(tx);
  if (feeds.rows.length === 0) return;
  const shared = await sql<{ id: number }>`
    select a.id from appointments a join orders o on o.id = a.order_id where o.customer_id = ${userId}
    union select s.appointment_id from assignments s where s.user_id = ${userId}`.execute(tx);
  await touchFeedsOf(
    tx,
    shared.rows.map((row) => row.id),
  );
  await touchFeedsOfPerson(tx, userId);
}

/** Notes that every feed may look different. */
export async function touchAllFeeds(tx: Tx): Promise<void> {
  await sql`insert into feed_changes (feed_id) select id from feeds`.execute(tx);
}

/** The number of a feed; equal numbers mean that it shows the same. Costs the same whatever the feed holds. */
export async function feedVersion(db: Db, feedId: number): Promise<number> {
  // One statement that changes nothing sees both parts as of one moment, before or after they are folded.
  const found = await sql<{ version: number }>`
    select f.version + (select count(*) from feed_changes c where c.feed_id = f.id) as version
      from feeds f where f.id = ${feedId}`.execute(db);
  return found.rows[0]?.version ?? 0;
}

/** Adds what waits to the versions, so that counting it stays cheap; for the upkeep. The sum stays what it was. */
export async function foldFeedChanges(db: Db): Promise<void> {
  await sql`
    with folded as (delete from feed_changes returning feed_id),
         counted as (select feed_id, count(*) as changes from folded group by feed_id)
    update feeds set version = version + counted.changes from counted where feeds.id = counted.feed_id`.execute(db);
}
