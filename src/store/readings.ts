import { sql, type Db, type Tx } from '../db/sql.ts';
import type { DueLink, GuardQuestion, Lease, NotedChange, ReadDone } from '../sync/store.ts';
import { LINK_COLUMNS, withAppointments, type TakenLink } from './taken-links.ts';

/*
 * What reading a calendar back leaves in the tables. Everything is written under the lease, and says the same when it is
 * said twice: a reading that broke off is repeated from its old cursor.
 */

const held = ({ connection, token }: Lease): ReturnType<typeof sql> => sql`
  held as (select id, user_id from connections where id = ${connection.id} and lease_token = ${token}
     and lease_until > clock_timestamp() for no key update)`;

/**
 * One statement for a page. Of an event told twice the last word counts. An event that shows what we wrote gets its new
 * etag and costs no look; one that its owner took out of the bin again is ours as before.
 */
export async function noteChanges(db: Db, lease: Lease, changes: readonly NotedChange[], now: Date): Promise<number> {
  if (changes.length === 0) return 0;
  const noted = await sql<{ removed: number }>`
    with ${held(lease)}, told as (
      select distinct on (t.remote_id) t.* from rows from (jsonb_to_recordset(${JSON.stringify(changes.map(toRow))}::jsonb)
        as (remote_id text, removed boolean, etag text, hash text)) with ordinality as t(remote_id, removed, etag, hash, n)
       order by t.remote_id, t.n desc
    ), found as (
      select l.id, t.removed, t.etag,
             not t.removed and coalesce(l.applied_hash = t.hash, false) and not l.in_flight and not l.recheck as as_written
        from told t join held on true join links l on l.connection_id = held.id and l.remote_id = t.remote_id
       where t.removed or l.remote_etag is distinct from t.etag order by l.id for update of l
    ), same as (
      update links set remote_etag = found.etag from found where links.id = found.id and found.as_written
    ), raised as (
      update links set recheck = true, asked = case when found.removed and not links.dirty then false else links.asked end,
             desired = links.desired + 1, priority = case when links.dirty then links.priority else 1 end,
             due_at = case when links.dirty then links.due_at when found.removed then 'infinity' else ${now}::timestamptz end
        from found where links.id = found.id and not found.as_written
      returning found.removed and not links.asked and links.due_at = 'infinity' as removed
    ), back as (
      update links set remote_id = links.hidden_remote_id, hidden_remote_id = null, remote_etag = null,
             generation = links.generation - 1, state = 'pending', suppressed_shape = null, applied_hash = null,
             recheck = true, desired = links.desired + 1, due_at = ${now}, priority = 1
        from told t, held where links.connection_id = held.id and links.hidden_remote_id = t.remote_id and not t.removed
         and links.state = 'suppressed' and not links.dirty and links.remote_id is null
    )
    select count(*) filter (where removed)::int as removed from raised`.execute(db);
  return noted.rows[0]?.removed ?? 0;
}

function toRow({ remoteId, removed, etag, hash }: NotedChange): Record<string, unknown> {
  return { remote_id: remoteId, removed, etag, hash };
}

/** Events compared by one statement: a reading may have shown a hundred thousand, and others wait meanwhile. */
const COMPARED_TOGETHER = 1_000;

/** What a reading from the start did not show and should have. Events of the past are not read. */
export async function noteMissing(db: Db, lease: Lease, shown: ReadonlySet<string>, from: Date): Promise<number> {
  let removed = 0;
  let after = '';
  for (;;) {
    const { rows } = await sql<{ id: number; remoteId: string }>`
      select l.id, l.remote_id as "remoteId" from links l
       where l.connection_id = ${lease.connection.id} and l.remote_id > ${after} and ${isUntouched(from)}
       order by l.remote_id limit ${COMPARED_TOGETHER}`.execute(db);
    const missing = rows.filter(({ remoteId }) => !shown.has(remoteId));
    if (missing.length > 0) removed += await raiseMissing(db, lease, missing, from);
    const last = rows.at(-1);
    if (!last || rows.length < COMPARED_TOGETHER) return removed;
    after = last.remoteId;
  }
}

const isUntouched = (from: Date): ReturnType<typeof sql> =>
  sql`l.remote_id is not null and l.calendar_id is null and not l.dirty and l.starts_at >= ${from}`;

async function raiseMissing(db: Db, lease: Lease, missing: readonly { id: number }[], from: Date): Promise<number> {
  const raised = await sql`
    with ${held(lease)}, missing as (
      select l.id from links l join held on held.id = l.connection_id
       where l.id = any(${missing.map(({ id }) => id)}::bigint[]) and ${isUntouched(from)}
       order by l.id for update of l
    )
    update links set recheck = true, asked = false, desired = desired + 1, priority = 1, due_at = 'infinity'
      from missing where links.id = missing.id`.execute(db);
  return Number(raised.numAffectedRows ?? 0n);
}

/** Coming ones: what is over is neither deleted by us nor read back, and would make every deletion look small. */
export async function countEvents(db: Db, lease: Lease, from: Date): Promise<number> {
  const counted = await sql<{ count: number }>`
    select count(*)::int as count from links
     where connection_id = ${lease.connection.id} and remote_id is not null and starts_at >= ${from}`.execute(db);
  return counted.rows[0]?.count ?? 0;
}

/** Lets what was held until the end of the reading be looked at, and remembers where the next one begins. */
export async function endReading(tx: Tx, lease: Lease, { cursor, nextReadAt }: ReadDone, now: Date): Promise<void> {
  const kept = await sql`
    update connections set read_cursor = ${cursor}, read_due_at = ${unlessSooner(lease, nextReadAt)}, last_synced_at = ${now},
           attempts = 0, error_code = null,
           status = case when status = 'degraded' then 'active' else status end, waiting_since = null
     where id = ${lease.connection.id} and lease_token = ${lease.token}`.execute(tx);
  if (kept.numAffectedRows === 0n) return;
  await sql`
    update links set asked = true, due_at = ${now}
      from (select id from links where connection_id = ${lease.connection.id} and dirty and recheck and not asked
             and due_at = 'infinity' order by id for update) held
     where links.id = held.id`.execute(tx);
}

/** Who asked for a reading while one was under way gets another: that one may have begun too early for them. */
function unlessSooner({ connection }: Lease, next: Date): ReturnType<typeof sql> {
  return sql`case when read_due_at > ${connection.readDueAt} then read_due_at else ${next} end`;
}

export async function postponeReading(db: Db, lease: Lease, until: Date): Promise<void> {
  await sql`
    update connections set read_due_at = ${unlessSooner(lease, until)}
     where id = ${lease.connection.id} and lease_token = ${lease.token}`.execute(db);
}

export async function peekUnasked(db: Db, lease: Lease, afterId: number, limit: number): Promise<DueLink[]> {
  const found = await sql<TakenLink>`
    select ${LINK_COLUMNS}, links.in_flight as was_in_flight from links
     where links.connection_id = ${lease.connection.id} and links.dirty and not links.asked and links.id > ${afterId}
     order by links.id limit ${limit}`.execute(db);
  const [links = []] = await withAppointments(db, [found.rows]);
  return links;
}

/** Nothing is lost meanwhile: what has to be done stays due until the owner has answered. */
export async function ask(tx: Tx, lease: Lease, question: GuardQuestion, now: Date): Promise<void> {
  await sql`
    with held as (
      update connections set status = 'paused', error_code = 'deletion_guard', question = ${JSON.stringify(question)}::jsonb,
             updated_at = ${now}
       where id = ${lease.connection.id} and lease_token = ${lease.token} and status in ('active', 'degraded')
      returning id, user_id
    )
    insert into activity (user_id, connection_id, kind, code, count, at)
    select user_id, id, 'guard_asks', ${question.kind}, ${question.count}, ${now} from held`.execute(tx);
}
