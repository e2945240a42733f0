import type { PGlite } from '@electric-sql/pglite';
import { MINUTE } from '../../base/time.ts';

/**
 * A checkpoint holds up everybody for its dozen of fsyncs and makes the next writes larger (full page images); without one
 * the WAL grows and a start after a crash takes longer. One segment of WAL is the smallest that frees anything.
 */
const CHECKPOINT_WHEN_QUIET_BYTES = 16 * 1024 * 1024;
/** While people or the worker are busy: a third as many stops of 50 to 80 ms (measured), for a second more after a crash. */
const CHECKPOINT_WHEN_BUSY_BYTES = 48 * 1024 * 1024;
const CHECKPOINT_AFTER_MS = MINUTE;

/** Sooner than autovacuum's 20 %, as the hot tables are small and always hot. */
const TIDY_WHEN_QUIET = 'n_dead_tup > 1000 and n_dead_tup > 0.1 * n_live_tup';
/**
 * A table of 60,000 links takes 0.4 s (measured), in which nobody is served: while people or the worker are busy it may
 * rather grow to twice its size.
 */
const TIDY_WHEN_BUSY = 'n_dead_tup > 5000 and n_dead_tup > n_live_tup';

/**
 * What PostgreSQL's background processes would do, as PGlite has none: without it the WAL folder grows without end and
 * tables that are rewritten all the time (links, jobs) bloat and slow down. At most one table is treated per round, so that
 * clients do not wait long.
 */
export class Maintenance {
  readonly #pg: PGlite;
  #checkpointAt = 0;
  #checkpointedUpTo = 0;

  constructor(pg: PGlite) {
    this.#pg = pg;
  }

  /**
   * @param isQuiet nobody is changing anything
   * @returns whether something is left for later, even if no more work comes.
   */
  async run(nowMs: number, isQuiet: boolean): Promise<boolean> {
    const isLeft = await this.#checkpoint(nowMs, isQuiet);
    const isTidied = await this.#vacuum(isQuiet ? TIDY_WHEN_QUIET : TIDY_WHEN_BUSY);
    if (!isTidied) await this.#analyze();
    // Another table may be untidy, too; and what waits for a quiet moment comes then, even if that brings no work.
    return isLeft || isTidied || !isQuiet;
  }

  async #checkpoint(nowMs: number, isQuiet: boolean): Promise<boolean> {
    const grown = (await this.#walPosition()) - this.#checkpointedUpTo;
    if (grown === 0) return false;
    const enough = isQuiet ? CHECKPOINT_WHEN_QUIET_BYTES : CHECKPOINT_WHEN_BUSY_BYTES;
    if (grown < enough && nowMs - this.#checkpointAt < CHECKPOINT_AFTER_MS) return true;
    await this.#pg.exec('checkpoint');
    this.#checkpointAt = nowMs;
    this.#checkpointedUpTo = await this.#walPosition();
    return false;
  }

  /** Bytes of WAL ever written. */
  async #walPosition(): Promise<number> {
    const found = await this.#pg.query<{ bytes: string }>(
      `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::text as bytes`,
    );
    return Number(found.rows[0]?.bytes);
  }

  /** @returns whether a table was untidy */
  async #vacuum(untidy: string): Promise<boolean> {
    const table = await this.#firstTable(`${untidy} order by n_dead_tup desc`);
    if (table) await this.#pg.exec(`vacuum ${table}`);
    return table !== undefined;
  }

  /** More than 500 and 10 % changed rows, near autovacuum's own rule: the planner needs to know that a table is no longer empty. */
  async #analyze(): Promise<void> {
    const table = await this.#firstTable(
      'n_mod_since_analyze > 500 + 0.1 * n_live_tup order by n_mod_since_analyze desc',
    );
    if (table) await this.#pg.exec(`analyze ${table}`);
  }

  async #firstTable(condition: string): Promise<string | undefined> {
    const found = await this.#pg.query<{ name: string }>(
      `select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables where ${condition} limit 1`,
    );
    return found.rows[0]?.name;
  }
}
