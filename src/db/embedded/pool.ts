import pg from 'pg';
import { useOwnPromises } from '../own-promises.ts';
import { typeParsers } from '../type-parsers.ts';
import type { EmbeddedServer } from './server.ts';

/** All share one session, so more would only queue elsewhere. */
const CONNECTIONS = 16;

/**
 * The pool for the embedded database: ordinary driver connections whose bytes go to the worker. No statement is named and
 * no setting may be changed by SET (only by SET LOCAL): the session is shared. Timeouts of the server are never sent:
 * `idle_in_transaction_session_timeout` makes PGlite spin.
 * @param background its statements let those of other pools go first
 */
export function openEmbeddedPool(server: EmbeddedServer, background: boolean): pg.Pool {
  const pool = new pg.Pool({
    stream: () => server.openStream(background),
    // Not read from PGHOST & co: the server looks at none of them.
    host: 'embedded',
    port: 0,
    user: 'postgres',
    database: 'postgres',
    password: '',
    ssl: false,
    types: typeParsers,
    max: CONNECTIONS,
    idleTimeoutMillis: 0,
  });
  // A failed connection rejects what waits on it, and the server reports the reason once; these keep the process alive.
  pool.on('connect', (client) => {
    useOwnPromises(client);
    client.on('error', () => {});
  });
  pool.on('error', () => {});
  return pool;
}
