import { sql, type Kysely } from 'kysely';

/** Since when a link is in the state that the worker left it in; `null`: since before this was written down. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table links add column state_since timestamptz`.execute(db);
}
