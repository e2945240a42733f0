import { AsyncLocalStorage } from 'node:async_hooks';
import { type IsolationLevel, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { type Clock, systemClock } from '../base/time.ts';
import { QueryOutsideTransaction } from './errors.ts';
import type { Notifications, PendingNotifications } from './notifications.ts';
import { setSender } from './notify.ts';
import type { Db, Tx } from './sql.ts';

export interface TransactionOptions {
  /** Default: read committed. On the embedded engine transactions run one after another anyway. */
  isolationLevel?: IsolationLevel;
}

/** serialization_failure and deadlock_detected (https://www.postgresql.org/docs/current/errcodes-appendix.html): running again may succeed. */
const TRANSIENT = new Set(['40001', '40P01']);
const MOST_ATTEMPTS = 5;
const FIRST_PAUSE_MS = 10;

/** Of each piece of work the transaction in whose callback it is. */
type Scopes = AsyncLocalStorage<{ open: boolean }>;

/** Runs transactions, and refuses statements that would wait for the transaction they run in. */
export class Transactions {
  /** The handle for statements outside transactions. */
  readonly db: Db;
  readonly #notifications: Notifications;
  readonly #clock: Clock;
  /** The transaction in whose callback we are. */
  readonly #current: Scopes;

  constructor(
    pool: pg.Pool,
    notifications: Notifications,
    clock: Clock = systemClock,
    current: Scopes = new AsyncLocalStorage(),
  ) {
    this.#notifications = notifications;
    this.#clock = clock;
    this.#current = current;
    this.db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: this.#guarded(pool) }) });
  }

  /** The same database by another pool: a transaction by one of them is one for both. */
  by(pool: pg.Pool): Transactions {
    return new Transactions(pool, this.#notifications, this.#clock, this.#current);
  }

  /** See `Database.transaction`. */
  async run<T>(work: (tx: Tx) => Promise<T>, options: TransactionOptions): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#attempt(work, options);
      } catch (error) {
        if (attempt === MOST_ATTEMPTS || !isTransient(error)) throw error;
        // Twice as long each time, and never the same for two that have just collided.
        await this.#clock.sleep(FIRST_PAUSE_MS * 2 ** attempt * Math.random());
      }
    }
  }

  async #attempt<T>(work: (tx: Tx) => Promise<T>, { isolationLevel }: TransactionOptions): Promise<T> {
    let builder = this.db.transaction();
    if (isolationLevel) builder = builder.setIsolationLevel(isolationLevel);
    const outcome: { pending?: PendingNotifications; error?: unknown } = {};
    try {
      const result = await builder.execute((tx) => this.#work(tx, work, outcome));
      outcome.pending?.committed();
      return result;
    } catch (error) {
      // The work's own error says more than a ROLLBACK that failed after it, as it does on a broken connection.
      throw outcome.error ?? error;
    }
  }

  async #work<T>(
    tx: Tx,
    work: (tx: Tx) => Promise<T>,
    outcome: { pending?: PendingNotifications; error?: unknown },
  ): Promise<T> {
    const pending = this.#notifications.begin(tx);
    setSender(tx, (channel, payload) => pending.send(channel, payload));
    outcome.pending = pending;
    const scope = { open: true };
    try {
      return await this.#current.run(scope, work, tx);
    } catch (error) {
      outcome.error = error;
      throw error;
    } finally {
      scope.open = false;
    }
  }

  /** Kysely's view of the pool. The pool is ended by its owner, not by Kysely. */
  #guarded(pool: pg.Pool): ConstructorParameters<typeof PostgresDialect>[0]['pool'] {
    return {
      options: pool.options,
      connect: async () => {
        if (this.#current.getStore()?.open) throw new QueryOutsideTransaction();
        return pool.connect();
      },
      end: async () => {},
    };
  }
}

function isTransient(error: unknown): boolean {
  return error instanceof pg.DatabaseError && TRANSIENT.has(error.code ?? '');
}
