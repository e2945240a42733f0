import type pg from 'pg';
import { SECOND } from '../base/time.ts';
import { EmbeddedNotifications } from './embedded/notifications.ts';
import { openEmbeddedPool } from './embedded/pool.ts';
import { EmbeddedServer } from './embedded/server.ts';
import type { Notifications } from './notifications.ts';
import type { NotificationHandler } from './notify.ts';
import type { DatabaseOptions } from './options.ts';
import { PostgresNotifications } from './postgres/notifications.ts';
import { checkServer, clientConfig, openPostgresPool } from './postgres/pool.ts';
import type { Db, Tx } from './sql.ts';
import { type TransactionOptions, Transactions } from './transactions.ts';

/** An open database. Nothing but this folder knows which engine is behind it. */
export interface Database extends AsyncDisposable {
  /** For people and logs only; no code decides by it. */
  readonly engine: 'embedded' | 'postgres';

  /** For statements outside a transaction. Inside one, use its `tx`: this throws QueryOutsideTransaction there. */
  readonly db: Db;

  /**
   * Runs `work` in a transaction: commits when it resolves, rolls back when it throws. After a serialization failure or a
   * deadlock it runs again, up to five times in all, so `work` does nothing that cannot be repeated. It awaits only the
   * database: on the embedded engine everybody else waits meanwhile, and after 10 s of silence it is rolled back.
   *
   * @throws what `work` throws; QueryOutsideTransaction when called inside another one.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>;

  /**
   * The same database for work that no request waits for. The embedded engine runs one statement at a time: there, requests
   * go first, and work in the background waits for them a moment at most (`embedded/shared-session.ts`).
   */
  readonly background: Database;

  /**
   * Calls `handler` for every notification (`notify.ts`) committed after this resolved, in this process or another, at
   * once. The payload is empty when it was sent so, or when some may have been missed. Resolves to the function that ends it.
   */
  listen(channel: string, handler: NotificationHandler): Promise<() => Promise<void>>;

  /** Waits for statements under way, at most 10 s, and lets the database go. */
  close(): Promise<void>;
}

/** How long `close` waits for connections in use. */
const CLOSE_LIMIT_MS = 10 * SECOND;

/**
 * Opens the database; the embedded one is created when it does not exist yet. Its schema is brought up by `migrate.ts`.
 *
 * @throws DatabaseInUse (embedded only), DatabaseUnusable; the driver's error when the server cannot be reached.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  return options.kind === 'embedded' ? openEmbedded(options) : openPostgres(options);
}

async function openEmbedded(options: Extract<DatabaseOptions, { kind: 'embedded' }>): Promise<Database> {
  const server = await EmbeddedServer.start(options.dataDir, options.limits ?? {}, options);
  const pools = { requests: openEmbeddedPool(server, false), background: openEmbeddedPool(server, true) };
  const notifications = new EmbeddedNotifications(options.onWarning ?? ignore);
  return joinParts('embedded', pools, notifications, () => server.stop());
}

async function openPostgres(options: Extract<DatabaseOptions, { kind: 'postgres' }>): Promise<Database> {
  const onWarning = options.onWarning ?? ignore;
  const pool = openPostgresPool(options.url, options.maxConnections, onWarning);
  const notifications = new PostgresNotifications(clientConfig(options.url), onWarning);
  try {
    await checkServer(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return joinParts('postgres', { requests: pool, background: pool }, notifications, async () => {});
}

/** Connections for those who wait for an answer, and for everything else. */
type Pools = Record<'requests' | 'background', pg.Pool>;

function joinParts(
  engine: Database['engine'],
  pools: Pools,
  notifications: Notifications,
  stopServer: () => Promise<void>,
): Database {
  const requests = new Transactions(pools.requests, notifications);
  let closing: Promise<void> | null = null;
  async function close(): Promise<void> {
    await notifications.close();
    await Promise.all([...new Set([pools.requests, pools.background])].map(endPool));
    await stopServer();
  }
  function handle(transactions: Transactions): Omit<Database, 'background'> {
    return {
      engine,
      db: transactions.db,
      transaction: (work, options = {}) => transactions.run(work, options),
      listen: (channel, handler) => notifications.listen(channel, handler),
      close: () => (closing ??= close()),
      [Symbol.asyncDispose]: () => (closing ??= close()),
    };
  }
  const background: Database = {
    ...handle(requests.by(pools.background)),
    get background() {
      return background;
    },
  };
  return { ...handle(requests), background };
}

async function endPool(pool: pg.Pool): Promise<void> {
  const overdue = Promise.withResolvers<void>();
  const timer = setTimeout(overdue.resolve, CLOSE_LIMIT_MS);
  await Promise.race([pool.end(), overdue.promise]);
  clearTimeout(timer);
}

function ignore(): void {}
