import { sql, type Db, type Tx } from '../db/sql.ts';
import type { Role } from '../domain/appointment.ts';
import type { ProviderName } from '../sync/provider.ts';
import { ASKS_OWNER, NEEDS_OWNER } from './connection-work.ts';
import { wantsMail } from './mail-choices.ts';

/* Everybody's calendar accounts, for administrators. Those that were disconnected are not there. */

export type WatchedStatus = 'active' | 'degraded' | 'reauth_required' | 'paused' | 'disconnecting';

export interface WatchedConnection {
  id: number;
  user: { id: number; name: string; role: Role };
  provider: ProviderName;
  accountEmail: string;
  status: WatchedStatus;
  errorCode: string | null;
  /** Only its owner can get it going again. */
  needsOwner: boolean;
  /** The deletion guard waits for its owner's answer. */
  asksOwner: boolean;
  lastSyncedAt: Date | null;
  /** Back-off, or the provider's own word. */
  notBefore: Date | null;
  pending: number;
  failed: number;
  remindedAt: Date | null;
}

export interface WatchFilter {
  status?: WatchedStatus | undefined;
  provider?: ProviderName | undefined;
  needsOwner?: boolean | undefined;
  /** Part of the owner's name or e-mail address, or of the account's. */
  search?: string | undefined;
}

const ROW = sql`c.id, json_build_object('id', u.id, 'name', u.name, 'role', u.role) as user, c.provider,
  c.account_email as "accountEmail", c.status, c.error_code as "errorCode", ${NEEDS_OWNER} as "needsOwner",
  ${ASKS_OWNER} as "asksOwner", c.last_synced_at as "lastSyncedAt", c.not_before as "notBefore", n.pending, n.failed,
  (select max(m.created_at) from mails m where m.connection_id = c.id and m.kind = 'connection_reminder') as "remindedAt"`;

const FROM = sql`connections c join users u on u.id = c.user_id
  cross join lateral (select count(*) filter (where l.state <> 'failed')::int as pending,
    count(*) filter (where l.state = 'failed')::int as failed from links l where l.connection_id = c.id and l.dirty) n`;

/** In the order of their ids. */
export async function listWatched(
  db: Db,
  { status, provider, needsOwner, search }: WatchFilter,
  afterId: number,
  limit: number,
): Promise<WatchedConnection[]> {
  const conditions = [sql`c.status <> 'disconnected' and c.id > ${afterId}`];
  if (status !== undefined) conditions.push(sql`c.status = ${status}`);
  if (provider !== undefined) conditions.push(sql`c.provider = ${provider}`);
  if (needsOwner !== undefined) conditions.push(sql`${NEEDS_OWNER} = ${needsOwner}`);
  if (search !== undefined) {
    const like = `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    conditions.push(sql`(u.name ilike ${like} or u.email ilike ${like} or c.account_email ilike ${like})`);
  }
  const found = await sql<WatchedConnection>`
    select ${ROW} from ${FROM} where ${sql.join(conditions, sql` and `)} order by c.id limit ${limit}`.execute(db);
  return found.rows;
}

/** `null` when there is no such account. */
export async function loadWatched(db: Db, id: number): Promise<WatchedConnection | null> {
  const found = await sql<WatchedConnection>`
    select ${ROW} from ${FROM} where c.id = ${id} and c.status <> 'disconnected'`.execute(db);
  return found.rows[0] ?? null;
}

export interface StatusCount {
  provider: ProviderName;
  status: WatchedStatus;
  count: number;
  needsOwner: number;
}

export async function countConnections(db: Db): Promise<StatusCount[]> {
  const found = await sql<StatusCount>`
    select c.provider, c.status, count(*)::int as count, count(*) filter (where ${NEEDS_OWNER})::int as "needsOwner"
      from connections c where c.status <> 'disconnected' group by c.provider, c.status`.execute(db);
  return found.rows;
}

export interface LockedConnection {
  id: number;
  userId: number;
  status: WatchedStatus;
  errorCode: string | null;
  needsOwner: boolean;
  /** Whether its owner is there, and takes mails of this kind. */
  ownerActive: boolean;
  ownerWantsMail: boolean;
  remindedAt: Date | null;
}

/** Locks accounts in the order of their ids. */
export async function lockWatched(tx: Tx, ids: readonly number[]): Promise<LockedConnection[]> {
  const found = await sql<LockedConnection>`
    select c.id, c.user_id as "userId", c.status, c.error_code as "errorCode", ${NEEDS_OWNER} as "needsOwner", u.is_active as "ownerActive",
           ${wantsMail('calendarTrouble')} as "ownerWantsMail",
           (select max(m.created_at) from mails m where m.connection_id = c.id and m.kind = 'connection_reminder')
             as "remindedAt"
      from connections c join users u on u.id = c.user_id
     where c.id = any(${[...ids]}::bigint[]) and c.status <> 'disconnected' order by c.id for no key update of c`.execute(
    tx,
  );
  return found.rows;
}

/** Who has paused an account; nobody else lets it go on. */
export type Pauser = 'paused_by_operator' | 'paused_by_owner';

/** Stops an account. Whoever is at it may finish the call that is under way and write its outcome down. */
export async function pauseConnection(tx: Tx, id: number, by: Pauser, now: Date): Promise<void> {
  await sql`
    update connections set status = 'paused', error_code = ${by}, updated_at = ${now}
     where id = ${id}`.execute(tx);
}

/** Lets an account go on. The time that a provider asked for is waited for all the same. */
export async function resumeConnection(tx: Tx, id: number, now: Date): Promise<void> {
  await sql`
    update connections set status = 'active', error_code = null, waiting_since = null, attempts = 0, read_due_at = ${now},
           not_before = case when asked_to_wait then not_before end, updated_at = ${now}
     where id = ${id}`.execute(tx);
}

/** Ends the back-off of our own and lets the calendar be read back now. */
export async function hurryConnection(tx: Tx, id: number, now: Date): Promise<void> {
  await sql`
    update connections set not_before = case when asked_to_wait then not_before end, attempts = 0,
           read_due_at = case when status = 'disconnecting' then read_due_at else ${now}::timestamptz end, updated_at = ${now}
     where id = ${id}`.execute(tx);
}
