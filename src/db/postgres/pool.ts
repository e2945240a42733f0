import pg from 'pg';
import { MINUTE, SECOND } from '../../base/time.ts';
import type { OnWarning } from '../options.ts';
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
  pool.on('connect', (client) => client.on('error', (error) => onWarning('a database connection failed', { error })));
  pool.on('error', () => {});
  return pool;
}

/** UTC as on the embedded engine; and a transaction that was forgotten must not hold its locks for ever. */
async function prepareSession(client: pg.ClientBase): Promise<void> {
  await client.query(`set time zone 'UTC'; set idle_in_transaction_session_timeout = ${MINUTE}`);
}
