import { setTimeout as pause } from 'node:timers/promises';
import { SECOND } from '../../base/time.ts';
import type { Db } from '../../db/sql.ts';
import { OnCall } from '../../jobs/on-call.ts';
import { countFillings, type Filling } from '../../store/who-may-know.ts';

/** Quick enough for a bar that moves. */
const REST_MS = SECOND / 2;
/** What waits is counted, and that of a large calendar takes long: at most a twentieth of the time is spent so. */
const REST_FACTOR = 19;

/** Counts how far calendars are filled, beside all other news, so that a large one holds none of them up. */
export class FillingProgress {
  readonly #db: Db;
  readonly #tell: (filling: Filling) => void;
  readonly #counting: OnCall;
  #asked = new Set<number>();

  constructor(parts: { db: Db; tell: (filling: Filling) => void; onError: (error: unknown) => void }) {
    this.#db = parts.db;
    this.#tell = parts.tell;
    this.#counting = new OnCall((signal) => this.#count(signal), parts.onError);
  }

  /** Tells of these accounts soon; returns at once. */
  ask(connectionIds: Iterable<number>): void {
    for (const id of connectionIds) this.#asked.add(id);
    if (this.#asked.size > 0) this.#counting.call();
  }

  stop(): Promise<void> {
    return this.#counting.stop();
  }

  async #count(signal: AbortSignal): Promise<void> {
    const asked = [...this.#asked];
    this.#asked = new Set();
    const begun = performance.now();
    for (const filling of await countFillings(this.#db, asked)) this.#tell(filling);
    const restMs = Math.max(REST_MS, REST_FACTOR * (performance.now() - begun));
    // Rejects when it stops, which is no fault.
    await pause(restMs, null, { signal }).catch(() => {});
  }
}
