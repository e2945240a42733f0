import { sql, type Db } from '../../src/db/sql.ts';

/** The names of the tables in which a text stands somewhere: for secrets that must be in none, or hashed in one. */
export async function tablesHolding(db: Db, text: string): Promise<string[]> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'`.execute(db);
  const found = [];
  for (const { name } of tables.rows) {
    const { rows } = await sql`select from ${sql.table(name)} t where strpos(t::text, ${text}) > 0`.execute(db);
    if (rows.length > 0) found.push(name);
  }
  return found;
}
