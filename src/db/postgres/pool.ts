import pg from 'pg';
import { MINUTE, SECOND } from '../../base/time.ts';
import { DatabaseUnusable } from '../errors.ts';
import type { OnWarning } from '../options.ts';
import { useOwnPromises } from '../own-promises.ts';
import { typeParsers } from '../type-parsers.ts';

const DEFAULT_CONNECTIONS = 10;

/** What every connection of ours to the server has in common; the one that listens uses it too. */
export function clientConfig(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'valclean-calendar-sync',
    types: typeParsers,
    connectionTimeoutMillis: 10 * SECOND,
    // A peer that vanished without a word is noticed by the kernel's probes.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10 * SECOND,
  };
}

/** The pool for a PostgreSQL server. */
export function openPostgresPool(url: string, maxConnections: number | undefined, onWarning: OnWarning): pg.Pool {
  const pool = new pg.Pool({
    ...clientConfig(url),
    max: maxConnections ?? DEFAULT_CONNECTIONS,
    onConnect: prepareSession,
  });
  // A connection that breaks while somebody uses it rejects their statement as well; this one keeps the process alive.
  pool.on('connect', (client) => {
    useOwnPromises(client);
    client.on('error', (error) => onWarning('a database connection failed', { error }));
  });
  pool.on('error', () => {});
  return pool;
}

/** UTC as on the embedded engine; and a transaction that was forgotten must not hold its locks for ever. */
async function prepareSession(client: pg.ClientBase): Promise<void> {
  await client.query(`set time zone 'UTC'; set idle_in_transaction_session_timeout = ${MINUTE}`);
}

/** PostgreSQL 15 is the oldest that the tests run on. */
const OLDEST_VERSION = 15;

/**
 * Shows that the server can be reached and suits us.
 *
 * @throws DatabaseUnusable, or the driver's error
 */
export async function checkServer(pool: pg.Pool): Promise<void> {
  const found = await pool.query<{ version: number; encoding: string }>(
    `select current_setting('server_version_num')::int / 10000 as version, current_setting('server_encoding') as encoding`,
  );
  const { version = 0, encoding = '' } = found.rows[0] ?? {};
  if (version < OLDEST_VERSION) {
    throw new DatabaseUnusable(`The server runs PostgreSQL ${version}; version ${OLDEST_VERSION} or newer is needed.`);
  }
  if (encoding !== 'UTF8') {
    throw new DatabaseUnusable(
      `The database is encoded in ${encoding}; create one with: encoding 'UTF8' template template0.`,
    );
  }
}
