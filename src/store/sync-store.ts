import type { Cipher } from '../base/cipher.ts';
import type { Database } from '../db/database.ts';
import { sql, type Db, type Tx } from '../db/sql.ts';
import type { Spent } from '../sync/pacing.ts';
import type { CalendarKind, ProviderName } from '../sync/provider.ts';
import type { LinkResult } from '../sync/settle.ts';
import type { Claim, DueLink, Lease, LeasedConnection, SyncStore } from '../sync/store.ts';
import { addActivity } from './activity.ts';
import { eraseTokens, openTokens, sealTokens } from './connection-tokens.ts';
import { queueMail } from './mails.ts';
import { ask, countEvents, endReading, noteChanges, noteMissing, peekUnasked } from './readings.ts';
import { LINK_COLUMNS, withAppointments, type TakenLink } from './taken-links.ts';

/** The engine's storage on the tables `connections` and `links`. */
export function createSyncStore(database: Database, cipher: Cipher): SyncStore {
  const { db } = database;
  return {
    findReady: (now, limit, providers) => findReady(db, now, limit, providers),
    claim: (claim) => claimConnection(db, cipher, claim),
    takeDue: (lease, now, limit) => takeDue(db, lease, now, limit),
    hasUnfinished: (lease) => hasUnfinished(db, lease),
    renew: (lease, leaseMs) => renew(db, lease, leaseMs),
    record: (lease, results, now, leaseMs) => record(db, lease, results, now, leaseMs),
    release: (lease, spent, now) => release(db, lease, spent, now),
    noteChanges: (lease, changes, now) => noteChanges(db, lease, changes, now),
    noteMissing: (lease, shown, from) => noteMissing(db, lease, shown, from),
    countEvents: (lease) => countEvents(db, lease),
    endReading: (lease, done, now) => database.transaction((tx) => endReading(tx, lease, done, now)),
    peekUnasked: (lease, afterId, limit) => peekUnasked(db, lease, afterId, limit),
    ask: (lease, question, now) => database.transaction((tx) => ask(tx, lease, question, now)),
    setBack: (lease, setback, now) => database.transaction((tx) => setBack(tx, lease, setback, now)),
    storeTokens: (lease, tokens, now) => storeTokens(db, cipher, lease, tokens, now),
    finishDisconnect: (lease, now) => database.transaction((tx) => finishDisconnect(tx, lease, now)),
    sweep: (now, since) => database.transaction((tx) => sweep(tx, now, since)),
  };
}

/** Statuses in which the worker writes to an account. */
const SERVED = sql`('active', 'degraded', 'disconnecting')`;

/** Nothing keeps the account any more: no event whose removal has to be tried again later. */
const mayLeave = (
  now: Date,
): ReturnType<typeof sql> => sql`(c.status = 'disconnecting' and not (c.remove_events and exists (
  select from links l where l.connection_id = c.id and l.dirty and l.due_at > ${now} and l.due_at < 'infinity')))`;

const isReadingDue = (now: Date): ReturnType<typeof sql> =>
  sql`(c.status in ('active', 'degraded') and c.read_due_at <= ${now})`;

const hasWork = (now: Date): ReturnType<typeof sql> => sql`(${mayLeave(now)} or ${isReadingDue(now)} or exists (
  select from links l where l.connection_id = c.id and l.dirty and l.due_at <= ${now}))`;

const isFree = (now: Date): ReturnType<typeof sql> => sql`(c.lease_until is null or c.lease_until < clock_timestamp())
  and (c.not_before is null or c.not_before <= ${now})`;

/** What people wait for comes before backfills, and of those the soonest appointment first. */
async function findReady(
  db: Db,
  now: Date,
  limit: number,
  providers: readonly ProviderName[],
): Promise<{ id: number; urgent: boolean }[]> {
  const ready = await sql<{ id: number; urgent: boolean }>`
    select c.id, coalesce(first.priority = 0, false) as urgent from connections c
      left join lateral (select l.priority, l.starts_at from links l where l.connection_id = c.id and l.dirty
        and l.due_at <= ${now} order by l.priority, l.starts_at, l.id limit 1) first on true
     where c.status in ${SERVED} and c.provider = any(${[...providers]}) and ${isFree(now)}
       and (first.priority is not null or ${mayLeave(now)} or ${isReadingDue(now)})
     order by first.priority nulls last, first.starts_at limit ${limit}`.execute(db);
  return ready.rows;
}

interface ClaimedRow {
  id: number;
  provider: ProviderName;
  account_id: string;
  calendar_id: string | null;
  calendar_kind: CalendarKind;
  access_token: string | null;
  refresh_token: string | null;
  access_expires_at: Date | null;
  attempts: number;
  read_cursor: string | null;
  read_due_at: Date | null;
  spent: Spent;
  lease_token: number;
  links: TakenLink[];
}

/**
 * Picks due links of `connection` and marks them as in flight, in one statement, so that a crash between the call and its
 * record is always seen afterwards. The order follows the index links_due.
 */
const takeLinks = (connection: ReturnType<typeof sql>, now: Date, limit: number): ReturnType<typeof sql> => sql`
  due as (
    select l.id, l.in_flight as was_in_flight from links l
     where l.connection_id = ${connection} and l.dirty and l.due_at <= ${now}
     order by l.priority, l.starts_at, l.id limit ${limit} for update of l
  ), taken as (
    update links set in_flight = true from due where links.id = due.id
    returning due.was_in_flight, ${LINK_COLUMNS}
  )`;

const takenAsJson = sql`coalesce((select json_agg(to_json(t) order by t.priority, t.starts_at, t.id) from taken t), '[]')`;

async function claimConnection(
  db: Db,
  cipher: Cipher,
  { connectionId, providers, now, leaseMs, limit }: Claim,
): Promise<{ lease: Lease; links: DueLink[] } | null> {
  const claimed = await sql<ClaimedRow>`
    with leased as (
      update connections set lease_token = nextval('lease_tokens'),
             lease_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1000})
       where connections.id = (select c.id from connections c where c.id = ${connectionId} and c.status in ${SERVED}
               and c.provider = any(${[...providers]}) and ${isFree(now)} and ${hasWork(now)} for no key update skip locked)
      returning connections.*
    ), ${takeLinks(sql`(select id from leased)`, now, limit)}
    select id, provider, account_id, calendar_id, calendar_kind, access_token, refresh_token, access_expires_at,
      attempts, read_cursor, read_due_at, spent, lease_token, ${takenAsJson} as links
    from leased`.execute(db);
  const row = claimed.rows[0];
  if (!row) return null;
  const wishes = await loadWishes(db, row.id);
  if (!wishes) return null;
  const lease = { token: row.lease_token, connection: { ...toLeased(row, cipher), ...wishes } };
  return { lease, links: await withAppointments(db, row.links) };
}

/** What its owner wants of an account, which may change while it is held. */
type Wishes = Pick<LeasedConnection, 'status' | 'removeEvents' | 'keepUnasked' | 'owner'>;

/**
 * Read in a statement of its own *after* the links were taken, as the appointments are: whoever raised them had changed
 * this before. Read earlier, a link could be taken as done for wishes that no longer hold.
 */
async function loadWishes(db: Db, connectionId: number): Promise<Wishes | null> {
  const found = await sql<Wishes>`
    select c.status, c.remove_events as "removeEvents",
           coalesce(c.question @> '{"kind": "deletion", "answer": "keep"}', false) as "keepUnasked", json_build_object('id', u.id, 'role', u.role,
             'isActive', u.is_active, 'syncEnabled', u.calendar_sync_enabled, 'reminderMinutes', u.reminder_minutes) as owner
      from connections c join users u on u.id = c.user_id
     where c.id = ${connectionId} and c.status in ${SERVED}`.execute(db);
  return found.rows[0] ?? null;
}

function toLeased(row: ClaimedRow, cipher: Cipher): Omit<LeasedConnection, keyof Wishes> {
  return {
    id: row.id,
    provider: row.provider,
    accountId: row.account_id,
    calendarId: row.calendar_id,
    calendarKind: row.calendar_kind,
    ...openTokens(cipher, row),
    accessExpiresAt: row.access_expires_at,
    attempts: row.attempts,
    readCursor: row.read_cursor,
    readDueAt: row.read_due_at,
    spent: row.spent,
  };
}

async function takeDue(db: Db, lease: Lease, now: Date, limit: number): Promise<DueLink[]> {
  const taken = await sql<{ links: TakenLink[] }>`
    with held as (
      select id from connections where id = ${lease.connection.id} and lease_token = ${lease.token}
         and lease_until > clock_timestamp() and status in ${SERVED} for no key update
    ), ${takeLinks(sql`(select id from held)`, now, limit)}
    select ${takenAsJson} as links from held`.execute(db);
  const links = taken.rows[0]?.links ?? [];
  if (links.length === 0) return [];
  const wishes = await loadWishes(db, lease.connection.id);
  if (!wishes) return [];
  Object.assign(lease.connection, wishes);
  return withAppointments(db, links);
}

async function hasUnfinished(db: Db, lease: Lease): Promise<boolean> {
  const found = await sql`
    select from links where connection_id = ${lease.connection.id} and dirty and due_at < 'infinity' limit 1`.execute(
    db,
  );
  return found.rows.length > 0;
}

async function renew(db: Db, lease: Lease, leaseMs: number): Promise<boolean> {
  const renewed = await sql`
    update connections set lease_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1000})
     where id = ${lease.connection.id} and lease_token = ${lease.token}`.execute(db);
  return renewed.numAffectedRows === 1n;
}

/**
 * One statement: either the lease is held and everything is written, or nothing is. A link that was raised meanwhile keeps
 * its new due time; one that was given another generation meanwhile (restored by its owner) is left as it is.
 */
async function record(
  db: Db,
  lease: Lease,
  results: readonly LinkResult[],
  now: Date,
  leaseMs: number,
): Promise<boolean> {
  const acknowledged = results.some((result) => result.acknowledged);
  const recorded = await sql<{ held: number }>`
    with held as (
      update connections set lease_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1000}),
             last_synced_at = case when ${acknowledged} then ${now} else last_synced_at end,
             attempts = case when ${acknowledged} then 0 else attempts end,
             waiting_since = case when ${acknowledged} then null else waiting_since end,
             error_code = case when ${acknowledged} and status <> 'disconnecting' then null else error_code end,
             status = case when ${acknowledged} and status = 'degraded' then 'active' else status end
       where id = ${lease.connection.id} and lease_token = ${lease.token}
      returning id, user_id
    ), results as (
      select * from jsonb_to_recordset(${JSON.stringify(results.map(toRow))}::jsonb) as r(
        id bigint, seen bigint, taken_generation int, done boolean, state text, generation int, in_flight boolean,
        remote_id text, remote_etag text, web_link text, applied_hash text, applied_shape text, suppressed_shape text,
        attempts int, error_code text, due_at timestamptz, synced boolean, activity text, recheck boolean,
        corrections smallint, calendar_id text, hidden_remote_id text)
    ), written as (
      update links set
             applied = case when r.done then r.seen else links.applied end,
             state = r.state, generation = r.generation, in_flight = r.in_flight,
             remote_id = r.remote_id, remote_etag = r.remote_etag, web_link = r.web_link,
             applied_hash = r.applied_hash, applied_shape = r.applied_shape, suppressed_shape = r.suppressed_shape,
             error_code = r.error_code, recheck = r.recheck, corrections = r.corrections, calendar_id = r.calendar_id,
             hidden_remote_id = r.hidden_remote_id, asked = links.asked or r.done,
             attempts = case when links.desired > r.seen then links.attempts else r.attempts end,
             due_at = case when links.desired > r.seen then links.due_at else r.due_at end,
             synced_at = case when r.synced then ${now} else links.synced_at end
        from results r, held
       where links.id = r.id and links.connection_id = held.id and links.generation = r.taken_generation
    ), told as (
      insert into activity (user_id, connection_id, appointment_id, kind, code, count, at)
      select held.user_id, held.id, case when count(*) = 1 then min(l.appointment_id) end, r.activity, min(r.error_code),
             count(*), ${now}
        from held, results r join links l on l.id = r.id
       where r.activity is not null group by held.user_id, held.id, r.activity
    )
    select count(*)::int as held from held`.execute(db);
  return recorded.rows[0]?.held === 1;
}

function toRow(result: LinkResult): Record<string, unknown> {
  return {
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

/**
 * Two statements on purpose: a change that commits between them is seen by the second one, so no wake-up is lost. A lease
 * that was taken away (`activateConnection`) is given back too: its time keeps others out while a call is under way.
 */
async function release(db: Db, lease: Lease, spent: Spent, now: Date): Promise<Date | null> {
  await sql`
    update connections set lease_until = null, spent = ${JSON.stringify(spent)}::jsonb
     where id = ${lease.connection.id} and (lease_token = ${lease.token} or lease_token is null)`.execute(db);
  const next = await sql<{ at: Date | null }>`
    select greatest(c.not_before, case when c.status = 'disconnecting' and not c.remove_events then ${now}::timestamptz
                else coalesce(least((select min(l.due_at) from links l
                  where l.connection_id = c.id and l.dirty and l.due_at < 'infinity'),
                  case when c.status <> 'disconnecting' then c.read_due_at end), ${now}::timestamptz) end) as at
      from connections c where c.id = ${lease.connection.id} and c.status in ${SERVED}
       and (c.status = 'disconnecting' or c.read_due_at is not null or exists (
         select from links l where l.connection_id = c.id and l.dirty and l.due_at < 'infinity'))`.execute(db);
  return next.rows[0]?.at ?? null;
}

/** A dead grant, the line in its owner's activity and the mail that tells them are one transaction. */
async function setBack(tx: Tx, lease: Lease, setback: Parameters<SyncStore['setBack']>[1], now: Date): Promise<void> {
  const { id } = lease.connection;
  const held = await sql<{ user_id: number; status: string }>`
    update connections set error_code = ${setback.code}, not_before = ${setback.notBefore}, attempts = attempts + 1,
           waiting_since = coalesce(waiting_since, ${now}), updated_at = ${now},
           status = case when ${setback.reauthRequired} and status <> 'disconnecting' then 'reauth_required' else status end
     where id = ${id} and lease_token = ${lease.token}
    returning user_id, status`.execute(tx);
  const owner = held.rows[0];
  if (!owner || !setback.reauthRequired) return;
  const about = { userId: owner.user_id, connectionId: id };
  await addActivity(tx, { ...about, kind: 'reauth_required', code: setback.code, at: now });
  if (owner.status !== 'reauth_required') return;
  // Nobody holds the account again before its owner has signed in, so the lease names the incident.
  await queueMail(tx, { ...about, kind: 'reauth_required', key: `reauth:${id}:${lease.token}` }, now);
}

async function storeTokens(
  db: Db,
  cipher: Cipher,
  lease: Lease,
  tokens: Parameters<SyncStore['storeTokens']>[1],
  now: Date,
): Promise<boolean> {
  const sealed = sealTokens(cipher, lease.connection.id, tokens);
  const stored = await sql`
    update connections set access_token = ${sealed.accessToken}, access_expires_at = ${tokens.accessExpiresAt},
           refresh_token = coalesce(${sealed.refreshToken}, refresh_token),
           refresh_expires_at = coalesce(${tokens.refreshExpiresAt}::timestamptz, refresh_expires_at), updated_at = ${now}
     where id = ${lease.connection.id} and lease_token = ${lease.token}`.execute(db);
  return stored.numAffectedRows === 1n;
}

async function finishDisconnect(db: Db, lease: Lease, now: Date): Promise<void> {
  const held = await sql<{ id: number }>`
    select id from connections where id = ${lease.connection.id} and lease_token = ${lease.token}
       and status = 'disconnecting' for no key update`.execute(db);
  await eraseTokens(
    db,
    held.rows.map((row) => row.id),
    now,
  );
}

/** The two dead-man checks: accounts that fail without an end, and disconnections whose provider can't be reached. */
async function sweep(db: Db, now: Date, since: Date): Promise<void> {
  await sql`
    update connections set status = 'degraded', updated_at = ${now}
     where status = 'active' and waiting_since < ${since}`.execute(db);
  const overdue = await sql<{ id: number }>`
    select id from connections where status = 'disconnecting' and disconnect_by < ${now} for no key update`.execute(db);
  await eraseTokens(
    db,
    overdue.rows.map((row) => row.id),
    now,
  );
}

/**
 * The dead-man check: work has been due since before `since` and nothing has succeeded, whatever the reason. Looks at
 * everything that is dirty, so it is for every minute, not for every sweep.
 */
export async function markWithoutProgress(db: Db, since: Date, now: Date): Promise<void> {
  await sql`
    update connections set status = 'degraded', error_code = coalesce(error_code, 'no_progress'),
           waiting_since = coalesce(waiting_since, ${since}), updated_at = ${now}
     where status = 'active' and coalesce(last_synced_at, created_at) < ${since}
       and id in (select connection_id from links where dirty and due_at < ${since})`.execute(db);
}

/** Ends all leases. Only for a process that is sure to be alone with the database. */
export async function clearLeases(db: Db): Promise<void> {
  await sql`update connections set lease_until = null, lease_token = null
    where lease_token is not null or lease_until is not null`.execute(db);
}
