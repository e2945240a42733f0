import { sql, type Kysely } from 'kysely';

/** Nobody looks links up by their key, and random keys need no guard: one index less to write with each change of a link. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table links drop constraint links_key_key`.execute(db);
}
