import type { PGlite } from '@electric-sql/pglite';

/**
 * What PostgreSQL's background processes would do, as PGlite has none: without it the WAL folder grows without end and
 * tables that are rewritten all the time (links, jobs) bloat and slow down. At most one table is treated per round, so that
 * clients do not wait long.
 */
export class Maintenance {
  readonly #pg: PGlite;
  #checkpointed = '';

  constructor(pg: PGlite) {
    this.#pg = pg;
  }

  async run(): Promise<void> {
    await this.#checkpoint();
    await this.#vacuum();
    await this.#analyze();
  }

  /** Only when the WAL has moved, so that an idle system leaves the disk alone. */
  async #checkpoint(): Promise<void> {
    if ((await this.#walPosition()) === this.#checkpointed) return;
    await this.#pg.exec('checkpoint');
    this.#checkpointed = await this.#walPosition();
  }

  async #walPosition(): Promise<string> {
    const found = await this.#pg.query<{ position: string }>('select pg_current_wal_insert_lsn()::text as position');
    return found.rows[0]?.position ?? '';
  }

  /** More than 1,000 dead rows and 10 %: sooner than autovacuum's 20 %, as the hot tables are small and always hot. */
  async #vacuum(): Promise<void> {
    const table = await this.#firstTable(
      'n_dead_tup > 1000 and n_dead_tup > 0.1 * n_live_tup order by n_dead_tup desc',
    );
    if (table) await this.#pg.exec(`vacuum (analyze) ${table}`);
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
