import { sql, type Db } from '../db/sql.ts';

/** Names of the migrations that the database has; none before the first start. */
export async function appliedMigrations(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from schema_migrations order by number`.execute(db);
  return rows.map((row) => row.name);
}
