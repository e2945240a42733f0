import { sql, type Kysely } from 'kysely';

/** Subscription feeds, and what tells without rendering whether one would look different now. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of feeds) await sql.raw(statement).execute(db);
}

const feeds = [
  `create table feeds (
    id bigint generated always as identity primary key,
    user_id bigint not null references users (id),
    name text not null,
    -- SHA-256 of the secret in the address; a revoked feed has no row.
    token_hash bytea not null unique,
    -- Grows with everything that changes what the feed shows; see feed_changes.
    version bigint not null default 0,
    created_at timestamptz not null,
    rotated_at timestamptz,
    last_fetched_at timestamptz,
    -- The reader's own name for itself (User-Agent).
    last_fetched_by text,
    fetches bigint not null default 0,
    -- The hour that is counted for the rate limit, and the fetches in it.
    counted_since timestamptz,
    counted integer not null default 0
  )`,
  `create index feeds_user on feeds (user_id, id)`,
  // Rows that wait to be added to a feed's version. Whoever changes an appointment only adds rows: raising the versions
  // themselves would make everybody wait who changes something in the same administrator's feed.
  `create table feed_changes (
    id bigint generated always as identity primary key,
    feed_id bigint not null references feeds (id) on delete cascade
  )`,
  `create index feed_changes_feed on feed_changes (feed_id)`,
];
