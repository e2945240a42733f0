import { sql, type Db, type Tx } from '../db/sql.ts';
import type { Role } from '../domain/appointment.ts';
import type { LinkState } from '../sync/plan.ts';
import type { ProviderName } from '../sync/provider.ts';

export interface LedgerRow {
  connectionId: number;
  userId: number;
  userName: string;
  userRole: Role;
  provider: ProviderName;
  accountEmail: string;
  state: LinkState;
  remoteEventId: string | null;
  webLink: string | null;
  syncedAt: Date | null;
  /** Since when the worker has left it in its state; `null`: before that was written down, or not yet. */
  settledSince: Date | null;
  errorCode: string | null;
  /** Its owner has to sign in again, whatever its events wait for. */
  needsSignIn: boolean;
  /** The event is gone from the calendar, and no call for it is under way. */
  isGone: boolean;
  /** Its owner lets us write to this account. */
  isWanted: boolean;
  /** `null`: nothing is waiting, or it waits for somebody to act. */
  nextAttemptAt: Date | null;
}

/** Whose rows of a ledger the caller may see and act on. */
export interface LedgerScope {
  callerId: number;
  role: Role;
}

/** Own rows; a manager also those of their staff; an admin all (api: Who sees and does what). */
const mayTouch = ({ callerId, role }: LedgerScope): ReturnType<typeof sql> =>
  sql`(u.id = ${callerId} or ${role === 'admin'} or (${role === 'manager'} and u.manager_id = ${callerId}))`;

/** One row per person and connection for an appointment. */
export async function ledgerRows(db: Db, appointmentId: number, scope: LedgerScope): Promise<LedgerRow[]> {
  const found = await sql<LedgerRow>`
    select c.id as "connectionId", u.id as "userId", u.name as "userName", u.role as "userRole",
           c.provider, c.account_email as "accountEmail",
           case when l.dirty and l.state <> 'failed' then 'pending' else l.state end as state,
           l.remote_id as "remoteEventId", l.web_link as "webLink", l.synced_at as "syncedAt",
           l.state_since as "settledSince",
           coalesce(l.error_code, case when l.dirty then c.error_code end) as "errorCode",
           l.dirty and c.status = 'reauth_required' as "needsSignIn",
           l.state = 'removed' and l.remote_id is null and not l.in_flight as "isGone",
           u.is_active and u.calendar_sync_enabled and c.status <> 'disconnecting' as "isWanted",
           case when l.dirty and l.due_at < 'infinity' and c.status in ('active', 'degraded', 'disconnecting')
                then greatest(l.due_at, c.not_before) end as "nextAttemptAt"
      from links l join connections c on c.id = l.connection_id join users u on u.id = c.user_id
     where l.appointment_id = ${appointmentId} and c.status <> 'disconnected' and ${mayTouch(scope)}
     order by u.name, u.id, c.id`.execute(db);
  return found.rows;
}

/** Somebody concerned by an appointment, whatever their calendars hold of it. */
export interface ConcernedPerson {
  userId: number;
  userName: string;
  userRole: Role;
  isActive: boolean;
  syncEnabled: boolean;
  /** Has a calendar account that is not being disconnected. */
  isConnected: boolean;
}

/** Those concerned by an appointment whose rows the caller may see. */
export async function loadConcernedPeople(
  db: Db,
  appointmentId: number,
  scope: LedgerScope,
): Promise<ConcernedPerson[]> {
  const found = await sql<ConcernedPerson>`
    select u.id as "userId", u.name as "userName", u.role as "userRole",
           u.is_active as "isActive", u.calendar_sync_enabled as "syncEnabled",
           exists (select from connections c
                    where c.user_id = u.id and c.status not in ('disconnecting', 'disconnected')) as "isConnected"
      from audience m join users u on u.id = m.user_id
     where m.appointment_id = ${appointmentId} and ${mayTouch(scope)}
     order by m.part, u.name, u.id`.execute(db);
  return found.rows;
}

/** SQL: what a link is set to so that a failed one is tried at once, as if it were new. */
export const triedAnew = (now: Date): ReturnType<typeof sql> =>
  sql`due_at = ${now}, attempts = 0, state = 'pending', desired = links.desired + 1`;

/** Makes failed rows due at once. @returns the connections to wake */
export async function retryFailed(tx: Tx, appointmentId: number, scope: LedgerScope, now: Date): Promise<number[]> {
  const retried = await sql<{ connection_id: number }>`
    update links set ${triedAnew(now)}, priority = 0
      from connections c join users u on u.id = c.user_id
     where c.id = links.connection_id and links.appointment_id = ${appointmentId} and links.state = 'failed'
       and ${mayTouch(scope)}
    returning links.connection_id`.execute(tx);
  return retried.rows.map((row) => row.connection_id);
}

/** Makes everything of a person that failed due at once. */
export async function retryAllFailed(tx: Tx, userId: number, now: Date): Promise<void> {
  await sql`
    update links set ${triedAnew(now)}
      from (select l.id from links l join connections c on c.id = l.connection_id
             where c.user_id = ${userId} and l.state = 'failed' and l.dirty order by l.id for update of l) failed
     where links.id = failed.id`.execute(tx);
}

/**
 * Brings back an event that its owner deleted; a new generation, since providers keep tombstones. Not while a worker is at
 * it: what that call makes would be forgotten. @returns whether there was one
 */
export async function restoreHidden(
  tx: Tx,
  appointmentId: number,
  connectionId: number,
  userId: number,
  now: Date,
): Promise<boolean> {
  const restored = await sql`
    update links set state = 'pending', suppressed_shape = null, hidden_remote_id = null,
           generation = links.generation + 1, in_flight = false,
           remote_id = null, remote_etag = null, web_link = null, applied_hash = null, applied_shape = null,
           desired = links.desired + 1, due_at = ${now}, attempts = 0, priority = 0
      from connections c
     where c.id = links.connection_id and c.user_id = ${userId} and c.id = ${connectionId}
       and links.appointment_id = ${appointmentId} and links.state = 'suppressed' and not links.in_flight`.execute(tx);
  return restored.numAffectedRows === 1n;
}
