import { SECOND, type Clock } from '../../base/time.ts';
import type { Database } from '../../db/database.ts';
import { announceWritten } from '../../store/changes.ts';
import type { DrainEvent } from '../../sync/drain-context.ts';
import { addWritten, type WrittenAccounts } from './notices.ts';

/** Outcomes of this time are announced together: a hundred thousand events that are written make four notices a second. */
const GATHER_MS = SECOND / 4;

/**
 * Announces what the worker has written down. Beside the writing, not in it: what is lost with the process is found by those
 * who look, as their stream breaks or they ask again.
 */
export class OutcomeNotices {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #onError: (error: unknown) => void;
  readonly #stop = new AbortController();
  #written: WrittenAccounts = new Map();
  #telling: Promise<void> | null = null;

  constructor(parts: { database: Database; clock: Clock; onError: (error: unknown) => void }) {
    this.#database = parts.database;
    this.#clock = parts.clock;
    this.#onError = parts.onError;
  }

  /** Takes an event of the engine; returns at once. */
  note(event: DrainEvent): void {
    switch (event.kind) {
      case 'changed':
        return this.#add(event.connectionId, event.appointmentIds);
      case 'read':
        return this.#add(event.connectionId, []);
      case 'asked':
        return this.#add(event.connectionId, null);
      case 'batch':
      case 'recorded':
      case 'setback':
      case 'lease_lost':
        // Not written down yet, told by another event, or nothing was.
        return undefined;
    }
  }

  /** Announces what is left. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#telling;
  }

  #add(connectionId: number, appointmentIds: readonly number[] | null): void {
    addWritten(this.#written, connectionId, appointmentIds);
    this.#telling ??= this.#tell()
      .catch(this.#onError)
      .finally(() => (this.#telling = null));
  }

  async #tell(): Promise<void> {
    while (this.#written.size > 0) {
      await this.#clock.sleep(GATHER_MS, this.#stop.signal);
      const written = [...this.#written].map(([connection, ids]) => ({
        connection,
        appointments: ids === null ? null : [...ids],
      }));
      this.#written = new Map();
      await this.#database.transaction((tx) => announceWritten(tx, written));
    }
  }
}
