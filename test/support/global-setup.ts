import { prepareTemplate } from './database.ts';
import { startTemporaryPostgres } from './postgres-server.ts';

/**
 * Runs once before the tests of the whole: with `TEST_DATABASE=postgres` and no `TEST_DATABASE_URL` it starts a server for
 * them, and it makes the template of the database, so that no single test waits for that.
 */
export async function setup(): Promise<() => Promise<void>> {
  const server = await startServerIfAsked();
  await prepareTemplate();
  return async () => {
    await server?.stop();
  };
}

async function startServerIfAsked(): Promise<{ stop(): Promise<void> } | null> {
  if (process.env.TEST_DATABASE !== 'postgres' || process.env.TEST_DATABASE_URL) return null;
  const server = await startTemporaryPostgres({ fsync: false });
  if (!server) throw new Error('TEST_DATABASE=postgres needs the programs of PostgreSQL, or TEST_DATABASE_URL');
  process.env.TEST_DATABASE_URL = server.url;
  return server;
}
