import { sql, type Db, type Tx } from '../db/sql.ts';
import type { Role } from '../domain/appointment.ts';

/** A feed as its owner sees it. */
export interface FeedRecord {
  id: number;
  name: string;
  createdAt: Date;
  rotatedAt: Date | null;
  lastFetchedAt: Date | null;
  lastFetchedBy: string | null;
  fetches: number;
}

const COLUMNS = sql`id, name, created_at as "createdAt", rotated_at as "rotatedAt", last_fetched_at as "lastFetchedAt",
  last_fetched_by as "lastFetchedBy", fetches`;

/** A person's feeds, in the order in which they were made. */
export async function listFeeds(db: Db, userId: number): Promise<FeedRecord[]> {
  const found = await sql<FeedRecord>`select ${COLUMNS} from feeds where user_id = ${userId} order by id`.execute(db);
  return found.rows;
}

export async function insertFeed(
  tx: Tx,
  feed: { userId: number; name: string; tokenHash: Buffer; at: Date },
): Promise<FeedRecord> {
  const made = await sql<FeedRecord>`
    insert into feeds (user_id, name, token_hash, created_at)
    values (${feed.userId}, ${feed.name}, ${feed.tokenHash}, ${feed.at}) returning ${COLUMNS}`.execute(tx);
  return made.rows[0]!;
}

/** Gives one of a person's feeds another secret: the old one is dead at once. What is known of its readers goes too. */
export async function replaceFeedToken(
  tx: Tx,
  feed: { id: number; userId: number; tokenHash: Buffer; at: Date },
): Promise<FeedRecord | null> {
  const changed = await sql<FeedRecord>`
    update feeds set token_hash = ${feed.tokenHash}, rotated_at = ${feed.at}, last_fetched_at = null,
           last_fetched_by = null, fetches = 0, counted_since = null, counted = 0
     where id = ${feed.id} and user_id = ${feed.userId} returning ${COLUMNS}`.execute(tx);
  return changed.rows[0] ?? null;
}

/** @returns whether the person had such a feed */
export async function deleteFeed(tx: Tx, id: number, userId: number): Promise<boolean> {
  const gone = await sql`delete from feeds where id = ${id} and user_id = ${userId}`.execute(tx);
  return (gone.numAffectedRows ?? 0n) > 0n;
}

/** Revokes all feeds of a person. */
export async function deleteFeedsOf(tx: Tx, userId: number): Promise<void> {
  await sql`delete from feeds where user_id = ${userId}`.execute(tx);
}

/** What a fetch needs to know of the feed before anything is rendered. */
export interface FetchedFeed {
  id: number;
  name: string;
  userId: number;
  role: Role;
  /** The owner's. */
  timeZone: string;
  reminderMinutes: number | null;
  /** Fetches of the hour that is counted, this one included, and when that hour began. */
  counted: number;
  countedSince: Date;
}

/**
 * Finds the feed with this secret, and writes down that it was fetched, when and by what. `null` for a secret that is
 * none (any more). An hour that began before `countedAfter` is over.
 */
export async function takeFetch(
  db: Db,
  fetch: { tokenHash: Buffer; by: string | null; at: Date; countedAfter: Date },
): Promise<FetchedFeed | null> {
  const { tokenHash, by, at, countedAfter } = fetch;
  const found = await sql<FetchedFeed>`
    update feeds f set last_fetched_at = ${at}, last_fetched_by = ${by}, fetches = f.fetches + 1,
           counted = case when f.counted_since > ${countedAfter} then f.counted + 1 else 1 end,
           counted_since = case when f.counted_since > ${countedAfter} then f.counted_since else ${at}::timestamptz end
      from users u
     where f.token_hash = ${tokenHash} and u.id = f.user_id and u.is_active
    returning f.id, f.name, f.user_id as "userId", u.role, u.time_zone as "timeZone",
              u.reminder_minutes as "reminderMinutes", f.counted, f.counted_since as "countedSince"`.execute(db);
  return found.rows[0] ?? null;
}
