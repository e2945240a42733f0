import { loadConfig } from '../config/load.ts';
import { openDatabase } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import { databaseLocation } from '../app.ts';

/** Brings the database up to date; safe beside nodes that start at the same time. */
export async function migrateDatabase(): Promise<number> {
  const { config, secrets } = loadConfig();
  await using database = await openDatabase(databaseLocation(config, secrets));
  const applied = await migrate(database);
  process.stdout.write(applied.length === 0 ? 'The database is up to date.\n' : `Applied: ${applied.join(', ')}\n`);
  return 0;
}
