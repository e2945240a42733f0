import { sql, type Kysely } from 'kysely';

/** How far the marking of large calendars has come; the index follows its way through their links. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table markings (
      connection_id bigint not null references connections (id),
      -- What is over, the latest first; otherwise what is to come, the soonest first.
      past boolean not null,
      -- The border between both: links that start from here on are to come.
      since timestamptz not null,
      -- The appointment that was looked at last.
      starts_at timestamptz not null,
      appointment_id bigint not null,
      -- How many links are still to be marked, as far as was known at the beginning.
      remaining integer not null,
      priority smallint not null,
      primary key (connection_id, past)
    )`.execute(db);
  await sql`create index links_in_order on links (connection_id, starts_at, appointment_id)`.execute(db);
  await sql`drop index links_connection`.execute(db);
}
