import type { Cipher } from '../base/cipher.ts';
import { sql, type Db } from '../db/sql.ts';
import type { Spent } from '../sync/pacing.ts';
import type { CalendarKind, ProviderName } from '../sync/provider.ts';
import type { Claim, DueLink, Lease, LeasedConnection } from '../sync/store.ts';
import { hasWork, isFree, SERVED } from './connection-work.ts';
import { openTokens } from './connection-tokens.ts';
import { LINK_COLUMNS, withAppointments, type TakenLink } from './taken-links.ts';

/*
 * Taking accounts and their due links, for many at once (see gather.ts). Links are marked as in flight in the statement that
 * takes them, so that a crash between the call and its record is always seen afterwards. A link that somebody is changing
 * at the moment is passed over: its change wakes the worker when it commits. Ids are given a second time as an array, here
 * and in records.ts: the length of a list in JSON is not known to the planner, which would read the whole table for it.
 */

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

type Claimed = { lease: Lease; links: DueLink[] } | null;

/** Takes what can be taken of these accounts, with their first due links. */
export async function claimMany(db: Db, cipher: Cipher, claims: readonly Claim[]): Promise<(Claimed | Error)[]> {
  const wanted = claims.map(({ connectionId, providers, now, leaseMs, limit }) => ({
    ...{ id: connectionId, providers, at: now, lease_seconds: leaseMs / 1000, most: limit },
  }));
  const ids = claims.map(({ connectionId }) => connectionId);
  const claimed = await sql<ClaimedRow>`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
        as w(id bigint, providers jsonb, at timestamptz, lease_seconds float8, most int)
    ), free as (
      select c.id, w.at, w.lease_seconds, w.most from wanted w join connections c on c.id = w.id
       where c.id = any(${ids}::bigint[]) and c.status in ${SERVED} and w.providers @> to_jsonb(c.provider) and ${isFree(sql`w.at`)} and ${hasWork(sql`w.at`)}
       order by c.id for no key update of c skip locked
    ), leased as (
      update connections set lease_token = nextval('lease_tokens'),
             lease_until = clock_timestamp() + make_interval(secs => free.lease_seconds)
        from free where connections.id = free.id
      returning connections.*, free.at, free.most
    ), ${takeLinks(sql`leased`, sql`true`)}
    select id, provider, account_id, calendar_id, calendar_kind, access_token, refresh_token, access_expires_at,
      attempts, read_cursor, read_due_at, spent, lease_token, ${takenOf(sql`leased.id`)} as links
    from leased`.execute(db);
  const rows = new Map(claimed.rows.map((row) => [row.id, row]));
  const [wishes, links] = await Promise.all([
    loadWishes(db, [...rows.keys()]),
    withAppointments(
      db,
      claimed.rows.map((row) => row.links),
    ),
  ]);
  const linksOf = new Map(claimed.rows.map((row, index) => [row.id, links[index] ?? []]));
  return claims.map(({ connectionId }) => {
    const row = rows.get(connectionId);
    const own = wishes.get(connectionId);
    // Two claims of one account in one statement: the account is given once.
    rows.delete(connectionId);
    if (!row || !own) return null;
    try {
      const lease = { token: row.lease_token, connection: { ...toLeased(row, cipher), ...own } };
      return { lease, links: linksOf.get(connectionId) ?? [] };
    } catch (cause) {
      // A grant that can't be opened (a key is missing) is this account's trouble; its lease runs out by itself.
      return new Error(`the grant of connection ${connectionId} can't be opened`, { cause });
    }
  });
}

/** Asks for the next due links of a held account. */
export interface Taking {
  lease: Lease;
  now: Date;
  limit: number;
  /** Links that are being worked on. */
  but: readonly number[];
}

/** The next due links of held accounts; brings what their owners want up to date with them. */
export async function takeDueMany(db: Db, takings: readonly Taking[]): Promise<DueLink[][]> {
  const wanted = takings.map(({ lease: { connection, token }, now, limit, but }) => ({
    ...{ id: connection.id, token, at: now, most: limit, but },
  }));
  const ids = takings.map(({ lease }) => lease.connection.id);
  const taken = await sql<{ id: number; links: TakenLink[] }>`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(id bigint, token bigint, at timestamptz, most int, but bigint[])
    ), held as (
      select c.id, w.at, w.most, w.but from wanted w join connections c on c.id = w.id and c.lease_token = w.token
       where c.id = any(${ids}::bigint[]) and c.lease_until > clock_timestamp() and c.status in ${SERVED} order by c.id for no key update of c
    ), ${takeLinks(sql`held`, sql`links.id <> all(a.but)`)}
    select id, ${takenOf(sql`held.id`)} as links from held`.execute(db);
  const some = taken.rows.filter((row) => row.links.length > 0);
  const [wishes, links] = await Promise.all([
    loadWishes(
      db,
      some.map((row) => row.id),
    ),
    withAppointments(
      db,
      some.map((row) => row.links),
    ),
  ]);
  const linksOf = new Map(some.map((row, index) => [row.id, links[index] ?? []]));
  return takings.map(({ lease: { connection } }) => {
    const own = wishes.get(connection.id);
    if (!own) return [];
    Object.assign(connection, own);
    return linksOf.get(connection.id) ?? [];
  });
}

/** Brings what the owners of held accounts want up to date. @returns which leases are still held */
export async function refreshMany(db: Db, leases: readonly Lease[]): Promise<boolean[]> {
  const found = await loadWishesWithLease(
    db,
    leases.map(({ connection }) => connection.id),
  );
  return leases.map(({ connection, token }) => {
    const own = found.get(connection.id);
    if (own?.token !== token) return false;
    Object.assign(connection, own.wishes);
    return true;
  });
}

/**
 * Picks due links of each account in `accounts` (`id`, `at`, `most`) that meet a condition, and marks them. The order follows
 * the index links_due.
 */
const takeLinks = (accounts: ReturnType<typeof sql>, condition: ReturnType<typeof sql>): ReturnType<typeof sql> => sql`
  due as (
    select l.id, l.was_in_flight from ${accounts} a cross join lateral (
      select links.id, links.in_flight as was_in_flight from links
       where links.connection_id = a.id and links.dirty and links.due_at <= a.at and ${condition}
       order by links.priority, links.starts_at, links.id limit a.most for update skip locked) l
  ), taken as (
    update links set in_flight = true from due where links.id = due.id
    returning due.was_in_flight, links.connection_id, ${LINK_COLUMNS}
  )`;

const takenOf = (id: ReturnType<typeof sql>): ReturnType<typeof sql> => sql`coalesce((
  select json_agg(to_json(t) order by t.priority, t.starts_at, t.id) from taken t where t.connection_id = ${id}), '[]')`;

/** What its owner wants of an account, which may change while it is held. */
type Wishes = Pick<LeasedConnection, 'status' | 'removeEvents' | 'keepUnasked' | 'owner'>;

/**
 * Read in a statement of its own *after* the links were taken, as the appointments are: whoever raised them had changed
 * this before. Read earlier, a link could be taken as done for wishes that no longer hold.
 */
async function loadWishes(db: Db, connectionIds: readonly number[]): Promise<Map<number, Wishes>> {
  const found = await loadWishesWithLease(db, connectionIds);
  return new Map([...found].map(([id, { wishes }]) => [id, wishes]));
}

interface WishesWithLease {
  wishes: Wishes;
  /** Of the lease that has not run out; `null`: nobody holds the account. */
  token: number | null;
}

async function loadWishesWithLease(db: Db, connectionIds: readonly number[]): Promise<Map<number, WishesWithLease>> {
  if (connectionIds.length === 0) return new Map();
  const found = await sql<Wishes & { id: number; token: number | null }>`
    select c.id, case when c.lease_until > clock_timestamp() then c.lease_token end as token, c.status, c.remove_events as "removeEvents",
           coalesce(c.question @> '{"kind": "deletion", "answer": "keep"}', false) as "keepUnasked",
           json_build_object('id', u.id, 'role', u.role, 'isActive', u.is_active, 'syncEnabled', u.calendar_sync_enabled,
             'reminderMinutes', u.reminder_minutes) as owner
      from connections c join users u on u.id = c.user_id
     where c.id = any(${[...connectionIds]}::bigint[]) and c.status in ${SERVED}`.execute(db);
  return new Map(found.rows.map(({ id, token, ...wishes }) => [id, { wishes, token }]));
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
