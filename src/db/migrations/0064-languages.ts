import { sql, type Kysely } from 'kysely';

/** In which language people are written to; null: nobody has said yet. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`alter table users add column language text check (language in ('en', 'de'))`).execute(db);
}
