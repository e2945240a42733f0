import { HOUR } from '../base/time.ts';
import { sql, type Db, type Tx } from '../db/sql.ts';
import type { CalendarKind, ProviderName, TargetCalendar } from '../sync/provider.ts';

/** A wait that the provider asked for holds whatever people do; back-off of our own ends with what they do. */
const ASKED_TO_WAIT = sql`case when asked_to_wait then not_before end`;

/** Tokens of an account that can't be reached are erased after this long all the same (api: disconnect). */
const DISCONNECT_WITHIN_MS = 24 * HOUR;

export interface StoredConnection {
  id: number;
  userId: number;
  provider: ProviderName;
  accountEmail: string;
  calendarId: string | null;
  calendarName: string | null;
  calendarKind: CalendarKind;
  status: string;
  errorCode: string | null;
}

const COLUMNS = sql`id, user_id as "userId", provider, account_email as "accountEmail", calendar_id as "calendarId",
  calendar_name as "calendarName", calendar_kind as "calendarKind", status, error_code as "errorCode"`;

/** The person's connections at one provider, those hidden after a disconnection left out. */
export async function ownConnections(db: Db, userId: number, provider: ProviderName): Promise<StoredConnection[]> {
  const found = await sql<StoredConnection>`
    select ${COLUMNS} from connections
     where user_id = ${userId} and provider = ${provider} and status <> 'disconnected' order by id`.execute(db);
  return found.rows;
}

/** Whether the account serves another of our users at present. */
export async function linkedToAnother(
  tx: Tx,
  account: { provider: ProviderName; accountId: string; userId: number },
): Promise<boolean> {
  const found = await sql`
    select from connections where provider = ${account.provider} and account_id = ${account.accountId}
       and user_id <> ${account.userId} and status <> 'disconnected'`.execute(tx);
  return found.rows.length > 0;
}

/** Whether an account is neither the one of this connection nor one that its owner has connected as well. */
export async function isOtherAccount(db: Db, connectionId: number, accountId: string): Promise<boolean> {
  const found = await sql`
    select from connections c join connections own on own.user_id = c.user_id and own.provider = c.provider
     where c.id = ${connectionId} and own.account_id = ${accountId} and (own.id = c.id or own.status <> 'disconnected')`.execute(
    db,
  );
  return found.rows.length === 0;
}

/** The person's row for an account, locked, hidden ones included: the same account again finds its links again. */
export async function lockOwnAccount(
  tx: Tx,
  account: { provider: ProviderName; accountId: string; userId: number },
): Promise<StoredConnection | null> {
  const found = await sql<StoredConnection>`
    select ${COLUMNS} from connections where user_id = ${account.userId} and provider = ${account.provider}
       and account_id = ${account.accountId} for no key update`.execute(tx);
  return found.rows[0] ?? null;
}

/** Makes the row of a newly connected account; its tokens follow with {@link activateConnection}. */
export async function insertConnection(
  tx: Tx,
  account: { provider: ProviderName; accountId: string; userId: number; accountEmail: string; kind: CalendarKind },
  now: Date,
): Promise<number> {
  const inserted = await sql<{ id: number }>`
    insert into connections (user_id, provider, account_id, account_email, calendar_kind, status, created_at, updated_at)
    values (${account.userId}, ${account.provider}, ${account.accountId}, ${account.accountEmail}, ${account.kind},
      'reauth_required', ${now}, ${now})
    returning id`.execute(tx);
  const row = inserted.rows[0];
  if (!row) throw new Error('insert into connections gave no row');
  return row.id;
}

export interface Activation {
  connectionId: number;
  accountEmail: string;
  scopes: readonly string[];
  calendar: TargetCalendar;
  accessToken: string;
  refreshToken: string;
  accessExpiresAt: Date;
  refreshExpiresAt: Date | null;
}

/**
 * Sets an account to work with a new grant. Whoever held a lease on it loses it, since their grant is not the present one;
 * its time runs on, so that nobody else begins while their last call is under way.
 */
export async function activateConnection(tx: Tx, activation: Activation, now: Date): Promise<void> {
  const { calendar } = activation;
  await sql`
    update connections set status = 'active', error_code = null, not_before = ${ASKED_TO_WAIT}, attempts = 0, waiting_since = null,
           account_email = ${activation.accountEmail}, scopes = ${[...activation.scopes]}::text[],
           calendar_id = ${calendar.id}, calendar_name = ${calendar.name}, calendar_kind = ${calendar.kind},
           access_token = ${activation.accessToken}, refresh_token = ${activation.refreshToken},
           access_expires_at = ${activation.accessExpiresAt}, refresh_expires_at = ${activation.refreshExpiresAt},
           remove_events = true, disconnect_by = null, lease_token = null, question = null,
           read_cursor = case when calendar_id = ${calendar.id} then read_cursor end, read_due_at = ${now},
           updated_at = ${now}
     where id = ${activation.connectionId}`.execute(tx);
}

/**
 * The events live in another calendar from now on: the worker takes them out of the old one first, unless that is gone
 * with all that was in it.
 */
export async function moveEvents(tx: Tx, connectionId: number, formerCalendarId: string | null): Promise<void> {
  await sql`
    update links set calendar_id = coalesce(links.calendar_id, ${formerCalendarId})
      from (select id from links where connection_id = ${connectionId} and (remote_id is not null or in_flight)
             and ${formerCalendarId}::text is not null order by id for update) there
     where links.id = there.id`.execute(tx);
  await sql`
    update links set generation = links.generation + 1, in_flight = false, remote_id = null, remote_etag = null,
           web_link = null, applied_hash = null, applied_shape = null, suppressed_shape = null, state = 'pending',
           hidden_remote_id = null, recheck = false, corrections = 0
      from (select id from links where connection_id = ${connectionId} and calendar_id is null
             and state <> 'suppressed' order by id for update) anew
     where links.id = anew.id`.execute(tx);
}

/** Lets a person's calendars be read back now. @returns the accounts that the worker serves or will serve again */
export async function readSoon(tx: Tx, userId: number, now: Date): Promise<number[]> {
  const due = await sql<{ id: number }>`
    update connections set read_due_at = ${now}
     where user_id = ${userId} and status not in ('disconnecting', 'disconnected') returning id`.execute(tx);
  return due.rows.map((row) => row.id);
}

/**
 * Begins to end connections: the worker removes the events (if asked), revokes the grant and erases the tokens.
 * Mark the links afterwards (`markConnection`), so that their events are taken off.
 */
export async function beginDisconnect(
  tx: Tx,
  connectionIds: readonly number[],
  removeEvents: boolean,
  now: Date,
): Promise<void> {
  await sql`
    update connections set status = 'disconnecting', remove_events = ${removeEvents}, not_before = ${ASKED_TO_WAIT}, attempts = 0,
           error_code = null, disconnect_by = ${new Date(now.getTime() + DISCONNECT_WITHIN_MS)}, updated_at = ${now}
     where id = any(${[...connectionIds]}::bigint[]) and status <> 'disconnected'`.execute(tx);
}

/** Ends all connections of a person who was deactivated; their events are removed. */
export async function closeConnectionsOf(tx: Tx, userId: number, now: Date): Promise<void> {
  const open = await sql<{ id: number }>`
    select id from connections where user_id = ${userId} and status not in ('disconnecting', 'disconnected')
     order by id for no key update`.execute(tx);
  await beginDisconnect(
    tx,
    open.rows.map((row) => row.id),
    true,
    now,
  );
}
