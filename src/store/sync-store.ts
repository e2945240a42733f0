import type { Cipher } from '../base/cipher.ts';
import type { Database } from '../db/database.ts';
import { sql, type Db, type Tx } from '../db/sql.ts';
import type { ProviderName } from '../sync/provider.ts';
import type { Claim, Lease, SyncStore } from '../sync/store.ts';
import { addActivity } from './activity.ts';
import { announceChanges } from './changes.ts';
import { claimMany, refreshMany, takeDueMany, type Taking } from './claims.ts';
import { eraseTokens, sealTokens } from './connection-tokens.ts';
import { isFree, isReadingDue, mayLeave, SERVED } from './connection-work.ts';
import { gather } from './gather.ts';
import { queueMail } from './mails.ts';
import { ask, countEvents, endReading, noteChanges, noteMissing, peekUnasked, postponeReading } from './readings.ts';
import { recordMany, releaseMany, type Recording, type Release } from './records.ts';

/** Accounts served by one statement. More would hold locks for long without saving much. */
const TOGETHER = 32;
/** Links written or taken by one statement: a calendar that is being filled brings fifty, and others wait meanwhile. */
const LINKS_TOGETHER = 64;

/** The engine's storage on the tables `connections` and `links`. */
export function createSyncStore(database: Database, cipher: Cipher): SyncStore {
  const { db } = database;
  const takeDue = gather(
    (takings: readonly Taking[]) => takeDueMany(db, takings),
    LINKS_TOGETHER,
    ({ limit }) => limit,
  );
  const record = gather(
    (recordings: readonly Recording[]) => recordMany(db, recordings),
    LINKS_TOGETHER,
    ({ results }) => Math.max(results.length, 1),
  );
  const release = gather((releases: readonly Release[]) => releaseMany(db, releases), TOGETHER);
  return {
    findReady: (now, limit, providers) => findReady(db, now, limit, providers),
    claim: gather((claims: readonly Claim[]) => claimMany(db, cipher, claims), TOGETHER),
    takeDue: (lease, now, limit, but) => takeDue({ lease, now, limit, but }),
    refresh: gather((leases: readonly Lease[]) => refreshMany(db, leases), TOGETHER),
    hasUnfinished: (lease) => hasUnfinished(db, lease),
    renew: (lease, leaseMs) => renew(db, lease, leaseMs),
    record: (lease, results, now, leaseMs, spent) => record({ lease, results, now, leaseMs, spent }),
    release: (lease, spent, now) => release({ lease, spent, now }),
    noteChanges: (lease, changes, now) => noteChanges(db, lease, changes, now),
    noteMissing: (lease, shown, from) => noteMissing(db, lease, shown, from),
    countEvents: (lease, from) => countEvents(db, lease, from),
    endReading: (lease, done, now) => database.transaction((tx) => endReading(tx, lease, done, now)),
    postponeReading: (lease, until) => postponeReading(db, lease, until),
    peekUnasked: (lease, afterId, limit) => peekUnasked(db, lease, afterId, limit),
    ask: (lease, question, now) => database.transaction((tx) => ask(tx, lease, question, now)),
    setBack: (lease, setback, now) => database.transaction((tx) => setBack(tx, lease, setback, now)),
    storeTokens: (lease, tokens, now) => storeTokens(db, cipher, lease, tokens, now),
    finishDisconnect: (lease, now) => database.transaction((tx) => finishDisconnect(tx, lease, now)),
    sweep: (now, since) => database.transaction((tx) => sweep(tx, now, since)),
  };
}

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
     where c.status in ${SERVED} and c.provider = any(${[...providers]}) and ${isFree(sql`${now}::timestamptz`)}
       and (first.priority is not null or ${mayLeave(sql`${now}::timestamptz`)} or ${isReadingDue(sql`${now}::timestamptz`)})
     order by first.priority nulls last, first.starts_at limit ${limit}`.execute(db);
  return ready.rows;
}

async function hasUnfinished(db: Db, lease: Lease): Promise<boolean> {
  const found = await sql`
    (select from links where connection_id = ${lease.connection.id} and dirty and due_at < 'infinity' limit 1)
    union all (select from markings where connection_id = ${lease.connection.id} limit 1)`.execute(db);
  return found.rows.length > 0;
}

async function renew(db: Db, lease: Lease, leaseMs: number): Promise<boolean> {
  const renewed = await sql`
    update connections set lease_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1000})
     where id = ${lease.connection.id} and lease_token = ${lease.token} and lease_until is not null`.execute(db);
  return renewed.numAffectedRows === 1n;
}

/** A dead grant, the line in its owner's activity and the mail that tells them are one transaction. */
async function setBack(tx: Tx, lease: Lease, setback: Parameters<SyncStore['setBack']>[1], now: Date): Promise<void> {
  const { id } = lease.connection;
  const held = await sql<{ user_id: number; status: string }>`
    update connections set error_code = ${setback.code}, not_before = ${setback.notBefore}, asked_to_wait = ${setback.askedToWait ?? false},
           attempts = attempts + 1,
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
async function sweep(db: Tx, now: Date, since: Date): Promise<void> {
  const slow = await sql<{ user_id: number }>`
    update connections set status = 'degraded', updated_at = ${now}
     where status = 'active' and waiting_since < ${since} returning user_id`.execute(db);
  if (slow.rows.length > 0) await announceChanges(db, { calendars: slow.rows.map((row) => row.user_id) });
  const overdue = await sql<{ id: number }>`
    select id from connections where status = 'disconnecting' and disconnect_by < ${now} for no key update`.execute(db);
  await eraseTokens(
    db,
    overdue.rows.map((row) => row.id),
    now,
  );
}

/**
 * The dead-man check: work has been due since before `since` and nothing has succeeded, whatever the reason but a pause by
 * the operator. Looks at everything that is dirty, so it is for every minute, not for every sweep.
 */
export async function markWithoutProgress(db: Tx, since: Date, now: Date): Promise<void> {
  const marked = await sql<{ user_id: number }>`
    update connections set status = 'degraded', error_code = coalesce(error_code, 'no_progress'),
           waiting_since = coalesce(waiting_since, ${since}), updated_at = ${now}
     where status = 'active' and coalesce(last_synced_at, created_at) < ${since}
       and id in (select connection_id from links where dirty and due_at < ${since})
       and not exists (select from provider_settings s where s.provider = connections.provider
         and (s.paused or s.switched_at > ${since}))
     returning user_id`.execute(db);
  if (marked.rows.length > 0) await announceChanges(db, { calendars: marked.rows.map((row) => row.user_id) });
}

/** Ends all leases. Only for a process that is sure to be alone with the database. */
export async function clearLeases(db: Db): Promise<void> {
  await sql`update connections set lease_until = null, lease_token = null
    where lease_token is not null or lease_until is not null`.execute(db);
}
