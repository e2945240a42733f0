import { sql, type Db } from '../db/sql.ts';
import type { Spent } from '../sync/pacing.ts';
import type { LinkResult } from '../sync/settle.ts';
import type { Lease, Recorded } from '../sync/store.ts';
import { SERVED } from './connection-work.ts';

/* Writing outcomes down and giving accounts back, for many at once (see gather.ts). */

/** What became of one account's batch. */
export interface Recording {
  lease: Lease;
  results: readonly LinkResult[];
  now: Date;
  leaseMs: number;
  /** What the account is given back with; `null`: it is kept. */
  spent: Spent | null;
}

/**
 * One statement: for each account either the lease is held and everything is written, or nothing is. A link that was raised
 * meanwhile keeps its new due time; one that was given another generation meanwhile (restored by its owner) is left as it
 * is. Accounts are locked before links, both in the order of their ids, as everybody does.
 * Those that are given back are asked for the time of their next work in a statement of its own, as by `releaseMany`.
 */
export async function recordMany(db: Db, recordings: readonly Recording[]): Promise<Recorded[]> {
  const accounts = recordings.map(({ lease: { connection, token }, results, now, leaseMs, spent }) => ({
    ...{ id: connection.id, token, at: now, lease_seconds: leaseMs / 1000, leaving: spent !== null, spent },
    acknowledged: results.some((result) => result.acknowledged),
  }));
  const rows = recordings.flatMap(({ lease, results }) => results.map((result) => toRow(lease.connection.id, result)));
  const recorded = await sql<{ id: number }>`
    with accounts as (
      select * from jsonb_to_recordset(${JSON.stringify(accounts)}::jsonb)
        as a(id bigint, token bigint, at timestamptz, lease_seconds float8, leaving boolean, spent jsonb, acknowledged boolean)
    ), locked as (
      select c.id from accounts a join connections c on c.id = a.id and c.lease_token = a.token
       where c.id = any(${recordings.map(({ lease }) => lease.connection.id)}::bigint[]) order by c.id for no key update of c
    ), held as (
      update connections set
             lease_until = case when not a.leaving then clock_timestamp() + make_interval(secs => a.lease_seconds) end,
             spent = case when a.leaving then a.spent else connections.spent end,
             last_synced_at = case when a.acknowledged then a.at else last_synced_at end,
             attempts = case when a.acknowledged then 0 else attempts end,
             waiting_since = case when a.acknowledged then null else waiting_since end,
             error_code = case when a.acknowledged and status <> 'disconnecting' then null else error_code end,
             status = case when a.acknowledged and status = 'degraded' then 'active' else status end
        from locked join accounts a on a.id = locked.id where connections.id = locked.id
      returning connections.id, connections.user_id, a.at
    ), results as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
        connection_id bigint, id bigint, seen bigint, taken_generation int, done boolean, state text, generation int,
        in_flight boolean, remote_id text, remote_etag text, web_link text, applied_hash text, applied_shape text,
        suppressed_shape text, attempts int, error_code text, due_at timestamptz, synced boolean, activity text,
        recheck boolean, corrections smallint, calendar_id text, hidden_remote_id text)
    ), mine as (
      select l.id from results r join held on held.id = r.connection_id
        join links l on l.id = r.id and l.connection_id = held.id and l.generation = r.taken_generation
       order by l.id for update of l
    ), written as (
      update links set
             applied = case when r.done then r.seen else links.applied end,
             state = r.state, state_since = case when links.state <> r.state then held.at else links.state_since end,
             generation = r.generation, in_flight = r.in_flight,
             remote_id = r.remote_id, remote_etag = r.remote_etag, web_link = r.web_link,
             applied_hash = r.applied_hash, applied_shape = r.applied_shape, suppressed_shape = r.suppressed_shape,
             error_code = r.error_code, recheck = r.recheck, corrections = r.corrections, calendar_id = r.calendar_id,
             hidden_remote_id = r.hidden_remote_id, asked = links.asked or (r.done and links.desired = r.seen),
             attempts = case when links.desired > r.seen then links.attempts else r.attempts end,
             due_at = case when links.desired > r.seen then links.due_at else r.due_at end,
             synced_at = case when r.synced then held.at else links.synced_at end
        from mine join results r on r.id = mine.id join held on held.id = r.connection_id
       where links.id = mine.id
    ), told as (
      insert into activity (user_id, connection_id, appointment_id, kind, code, count, at)
      select held.user_id, held.id, case when count(*) = 1 then min(l.appointment_id) end, r.activity, min(r.error_code),
             count(*), held.at
        from held join results r on r.connection_id = held.id join links l on l.id = r.id
       where r.activity is not null group by held.user_id, held.id, held.at, r.activity
    )
    select id from held`.execute(db);
  const held = new Set(recorded.rows.map((row) => row.id));
  const left = recordings.filter(({ lease, spent }) => spent !== null && held.has(lease.connection.id));
  const times = await nextTimes(db, left);
  return recordings.map(({ lease: { connection } }) => ({
    held: held.has(connection.id),
    again: times.get(connection.id) ?? null,
  }));
}

function toRow(connectionId: number, result: LinkResult): Record<string, unknown> {
  return {
    connection_id: connectionId,
    id: result.id,
    seen: result.seen,
    taken_generation: result.takenGeneration,
    done: result.done,
    state: result.state,
    generation: result.generation,
    in_flight: result.inFlight,
    remote_id: result.remoteId,
    remote_etag: result.remoteEtag,
    web_link: result.webLink,
    applied_hash: result.appliedHash,
    applied_shape: result.appliedShape,
    suppressed_shape: result.suppressedShape,
    attempts: result.attempts,
    error_code: result.errorCode,
    due_at: result.dueAt === 'never' ? 'infinity' : result.dueAt.toISOString(),
    synced: result.acknowledged,
    activity: result.activity,
    recheck: result.recheck,
    corrections: result.corrections,
    calendar_id: result.formerCalendarId,
    hidden_remote_id: result.hiddenRemoteId,
  };
}

/** What one account is given back with. */
export interface Release {
  lease: Lease;
  spent: Spent;
  now: Date;
}

/**
 * Two statements on purpose: a change that commits between them is seen by the second one, so no wake-up is lost. A lease
 * that was taken away (`activateConnection`) is given back too: its time keeps others out while a call is under way.
 * @returns when each account wants to be looked at again
 */
export async function releaseMany(db: Db, releases: readonly Release[]): Promise<(Date | null)[]> {
  const accounts = releases.map(({ lease: { connection, token }, spent }) => ({ id: connection.id, token, spent }));
  await sql`
    with accounts as (
      select * from jsonb_to_recordset(${JSON.stringify(accounts)}::jsonb) as a(id bigint, token bigint, spent jsonb)
    ), locked as (
      select c.id, a.spent from accounts a join connections c on c.id = a.id
         and (c.lease_token = a.token or c.lease_token is null) order by c.id for no key update of c
    )
    update connections set lease_until = null, spent = locked.spent from locked where connections.id = locked.id`.execute(
    db,
  );
  const times = await nextTimes(db, releases);
  return releases.map(({ lease }) => times.get(lease.connection.id) ?? null);
}

/** When accounts that nobody holds want to be looked at again. All that is dirty is looked at only where nothing is due. */
async function nextTimes(
  db: Db,
  accounts: readonly Pick<Release, 'lease' | 'now'>[],
): Promise<Map<number, Date | null>> {
  if (accounts.length === 0) return new Map();
  const wishes = accounts.map(({ lease, now }) => ({ id: lease.connection.id, at: now }));
  const next = await sql<{ id: number; at: Date | null }>`
    select c.id, greatest(c.not_before, case when c.status = 'disconnecting' and not c.remove_events then w.at
                else coalesce(least(due.first, case when c.status <> 'disconnecting' then c.read_due_at end), w.at) end) as at
      from jsonb_to_recordset(${JSON.stringify(wishes)}::jsonb) as w(id bigint, at timestamptz)
      join connections c on c.id = w.id
      cross join lateral (select case
          when exists (select from links l where l.connection_id = c.id and l.dirty and l.due_at <= w.at) then w.at
          else (select min(l.due_at) from links l where l.connection_id = c.id and l.dirty and l.due_at < 'infinity')
        end as first) due
     where c.id = any(${accounts.map(({ lease }) => lease.connection.id)}::bigint[]) and c.status in ${SERVED}
       and (c.status = 'disconnecting' or c.read_due_at is not null or due.first is not null)`.execute(db);
  return new Map(next.rows.map((row) => [row.id, row.at]));
}
