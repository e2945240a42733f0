import { sql, type Kysely } from 'kysely';

/** Reading calendars back, budgets that nodes share, progress, the deletion guard's question, moving to another calendar. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...links, ...connections, ...shared]) await sql.raw(statement).execute(db);
}

const links = [
  `alter table links
    -- Its owner may have changed or deleted the event since: it is looked at, whatever the hashes say.
    add column recheck boolean not null default false,
    -- False when no person asked for the pending change (new rules, a read-back): the deletion guard counts these.
    add column asked boolean not null default true,
    -- How often the event was put back to this content after its owner had changed it.
    add column corrections smallint not null default 0,
    -- The calendar that the event is in when that is no longer the connection's; null: the connection's.
    add column calendar_id text,
    -- The event that its owner deleted; should they take it out of the bin again, it is known.
    add column hidden_remote_id text`,
  `create index links_remote on links (connection_id, remote_id) where remote_id is not null`,
  `create index links_hidden on links (connection_id, hidden_remote_id) where hidden_remote_id is not null`,
];

const connections = [
  `alter table connections
    -- Where the next reading of changes begins; null: from the start.
    add column read_cursor text,
    add column read_due_at timestamptz,
    -- Calls of the last minute, [second, calls] each, for the node that serves the account next.
    add column spent jsonb not null default '[]',
    -- not_before is the provider's own word, not a back-off of ours.
    add column asked_to_wait boolean not null default false,
    -- The deletion guard's question to the owner while the connection is paused by it.
    add column question jsonb`,
  `create index connections_read on connections (read_due_at) where status in ('active', 'degraded')`,
  `update connections set read_due_at = updated_at where status in ('active', 'degraded')`,
  // Progress of what was raised all at once. A table of its own: whoever raises links must not lock the connection's row.
  `create table backfills (
    connection_id bigint primary key references connections (id),
    total integer not null
  )`,
  `insert into backfills select id, backfill_total from connections where backfill_total > 0`,
  `alter table connections drop column backfill_total`,
  // Set when a connection is being connected again: another account must be confirmed.
  `alter table oauth_flows add column reconnects bigint references connections (id)`,
];

const shared = [
  `create table provider_budgets (
    provider text primary key,
    -- Calls that all nodes together may still make; refills with time.
    allowance double precision not null,
    refilled_at timestamptz not null,
    -- What was granted last; lets one statement refill, take and tell.
    last_share integer not null default 0,
    -- The provider asked our whole app to wait.
    not_before timestamptz,
    attempts integer not null default 0
  )`,
  // What the program remembers of itself from start to start.
  `create table facts (name text primary key, value text not null)`,
];
