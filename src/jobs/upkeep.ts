import { MINUTE, type Clock } from '../base/time.ts';
import type { Database } from '../db/database.ts';
import { sql, type Db } from '../db/sql.ts';

/** Something that is done again and again, by one node at a time. It may be repeated: a node can die in the middle. */
export interface UpkeepTask {
  name: string;
  everyMs: number;
  /** May end early when its signal is aborted; it is done again then. */
  run(now: Date, signal: AbortSignal): Promise<void>;
}

/** Looks for due tasks this often. */
const LOOK_EVERY_MS = 1 * MINUTE;
/** A task that takes longer than this is given to another node. */
const TASK_LEASE_MS = 10 * MINUTE;

/**
 * Runs upkeep: one row a task, taken by the node that finds it due. For work that nobody waits for; calendar writes have
 * a queue of their own (the links).
 */
export class Upkeep {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #tasks: readonly UpkeepTask[];
  readonly #onError: (error: unknown) => void;
  readonly #stop = new AbortController();
  #loop: Promise<void> | null = null;

  constructor(database: Database, clock: Clock, tasks: readonly UpkeepTask[], onError: (error: unknown) => void) {
    this.#database = database;
    this.#clock = clock;
    this.#tasks = tasks;
    this.#onError = onError;
  }

  /** Begins to look for due tasks; returns at once. */
  run(): void {
    this.#loop ??= this.#forEver();
  }

  /** Waits for the task under way. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
  }

  /** Runs what is due now, one after the other. */
  async runDue(): Promise<void> {
    for (const task of this.#tasks) {
      if (this.#stop.signal.aborted) return;
      await this.#runIfDue(task).catch(this.#onError);
    }
  }

  async #forEver(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.runDue();
      await this.#clock.sleep(LOOK_EVERY_MS, this.#stop.signal);
    }
  }

  async #runIfDue(task: UpkeepTask): Promise<void> {
    const now = this.#clock.now();
    if (!(await takeTask(this.#database.db, task.name, now))) return;
    await task.run(now, this.#stop.signal);
    // Perhaps broken off: it is done again when its lease is over.
    if (this.#stop.signal.aborted) return;
    await finishTask(this.#database.db, task.name, new Date(now.getTime() + task.everyMs));
  }
}

/** Leases a due task; a new one is due at once. */
async function takeTask(db: Db, name: string, now: Date): Promise<boolean> {
  const leaseUntil = new Date(now.getTime() + TASK_LEASE_MS);
  const taken = await sql`
    insert into upkeep (name, next_run_at, lease_until) values (${name}, ${now}, ${leaseUntil})
    on conflict (name) do update set lease_until = ${leaseUntil}
     where upkeep.next_run_at <= ${now} and (upkeep.lease_until is null or upkeep.lease_until < ${now})`.execute(db);
  return taken.numAffectedRows === 1n;
}

async function finishTask(db: Db, name: string, nextRunAt: Date): Promise<void> {
  await sql`update upkeep set next_run_at = ${nextRunAt}, lease_until = null where name = ${name}`.execute(db);
}
