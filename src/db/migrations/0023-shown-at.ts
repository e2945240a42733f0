import { sql, type Kysely } from 'kysely';

/** When what events show of people and services last changed; `null`: never since they were made. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['users', 'services'])
    await sql.raw(`alter table ${table} add column shown_at timestamptz`).execute(db);
}
