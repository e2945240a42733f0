import { MINUTE, SECOND } from '../base/time.ts';
import { CallSlots } from './call-slots.ts';
import { callable, drainConnection, type LookAgain } from './drain.ts';
import type { DrainDeps } from './drain-context.ts';

/** The safety net for lost wake-ups; the way of every day is the notice in the committing transaction. */
const SWEEP_EVERY_MS = 5 * SECOND;
/** An account that has had work and no success for this long is shown as degraded. */
const DEGRADED_AFTER_MS = 15 * MINUTE;
/** Calls to providers that one process has under way, each on a connection of its own. */
const CALLS_AT_ONCE = 64;
/**
 * Accounts served at once: four times the calls, as others are being taken or written down meanwhile. With twice as many,
 * calls ran out whenever the embedded database was busy for 0.1 s (measured: 5 % fewer events a second).
 */
const ACCOUNTS_AT_ONCE = 256;
/** Of both, backfills leave so many to what people wait for: a hundred new calendars must not delay one confirmation. */
const RESERVED_FOR_URGENT = 16;

export interface WorkerDeps extends Omit<DrainDeps, 'slots'> {
  /** Told about what should not happen (a broken database, a bug); the worker goes on. */
  onError: (error: unknown) => void;
}

/**
 * Serves accounts as they get work. `wake` starts at once; a sweep finds what no wake-up announced. One account is never
 * served twice at a time, here by the set of running ones, between processes by its lease.
 */
export class SyncWorker {
  readonly #deps: WorkerDeps & DrainDeps;
  readonly #stop = new AbortController();
  readonly #running = new Map<number, Promise<void>>();
  /** Woken while being served: to be looked at once more, and whether a person waits for it. */
  readonly #again = new Map<number, boolean>();
  /** Have work that waits for a budget, and until when: a sweep that finds them has found nothing. */
  readonly #resting = new Map<number, number>();
  /** Waiting for room, those whose work people wait for in a line of their own. */
  readonly #urgent = new Set<number>();
  readonly #waiting = new Set<number>();
  /** The last sweep found more than it could take. */
  #moreReady = false;
  #sweeping: Promise<void> | null = null;
  #loop: Promise<void> | null = null;

  constructor(deps: WorkerDeps) {
    this.#deps = { ...deps, slots: new CallSlots(CALLS_AT_ONCE, RESERVED_FOR_URGENT) };
  }

  /** Begins to sweep; returns at once. */
  run(): void {
    this.#loop ??= this.#sweepForEver();
  }

  /**
   * Serves these accounts now, or as soon as there is room. Without ids: looks for itself.
   * @param at when their work is due; `null`: now
   */
  wake(connectionIds: readonly number[], urgent = true, at: Date | null = null): void {
    if (this.#stop.signal.aborted) return;
    const waitMs = at === null ? 0 : at.getTime() - this.#deps.clock.now().getTime();
    if (waitMs > 0) return void this.#sleep(waitMs).then(() => this.wake(connectionIds, urgent));
    if (connectionIds.length === 0) void this.sweep();
    for (const id of connectionIds) this.#serve(id, urgent);
  }

  /** Finds accounts with work and serves them. Resolves when they have been started. */
  sweep(): Promise<void> {
    this.#sweeping ??= this.#sweepOnce().finally(() => (this.#sweeping = null));
    return this.#sweeping;
  }

  /** Resolves when no account is being served. For tests and for stopping. */
  async idle(): Promise<void> {
    while (this.#running.size > 0 || this.#sweeping) await Promise.all([...this.#running.values(), this.#sweeping]);
  }

  /** Ends calls under way (their outcome is looked up later), gives leases back and resolves when all is at rest. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
    await this.idle();
  }

  async #sweepForEver(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.sweep();
      await this.#sleep(SWEEP_EVERY_MS);
    }
  }

  async #sweepOnce(): Promise<void> {
    const { store, clock, budget, onError } = this.#deps;
    try {
      const now = clock.now();
      await budget.learnPauses();
      await store.sweep(now, new Date(now.getTime() - DEGRADED_AFTER_MS));
      for (const [id, until] of this.#resting) if (until <= now.getTime()) this.#resting.delete(id);
      const most = ACCOUNTS_AT_ONCE + this.#resting.size;
      const ready = await store.findReady(now, most, callable(this.#deps));
      const fresh = ready.filter(({ id, urgent }) => urgent || !this.#resting.has(id));
      this.#moreReady = ready.length === most && fresh.length > 0;
      for (const { id, urgent } of fresh) this.#serve(id, urgent);
    } catch (error) {
      onError(error);
    }
  }

  #serve(id: number, urgent: boolean): void {
    if (this.#running.has(id)) this.#again.set(id, urgent || this.#again.get(id) === true);
    else if (this.#running.size < (urgent ? ACCOUNTS_AT_ONCE : ACCOUNTS_AT_ONCE - RESERVED_FOR_URGENT)) this.#start(id);
    else (urgent ? this.#urgent : this.#waiting).add(id);
  }

  #start(id: number): void {
    const { signal } = this.#stop;
    const served = drainConnection(this.#deps, id, signal)
      .then((lookAgainAt) => this.#later(id, lookAgainAt))
      .catch(this.#deps.onError)
      .finally(() => {
        this.#running.delete(id);
        this.#next(id);
      });
    this.#running.set(id, served);
  }

  #next(justServed: number): void {
    if (this.#stop.signal.aborted) return;
    const again = this.#again.get(justServed);
    this.#again.delete(justServed);
    if (again !== undefined) (again ? this.#urgent : this.#waiting).add(justServed);
    this.#startFrom(this.#urgent, ACCOUNTS_AT_ONCE);
    this.#startFrom(this.#waiting, ACCOUNTS_AT_ONCE - RESERVED_FOR_URGENT);
    if (!this.#moreReady || this.#waiting.size > 0 || this.#running.size > ACCOUNTS_AT_ONCE / 2) return;
    this.#moreReady = false;
    void this.sweep();
  }

  #startFrom(line: Set<number>, most: number): void {
    for (const id of line) {
      if (this.#running.size >= most) return;
      line.delete(id);
      if (!this.#running.has(id)) this.#start(id);
    }
  }

  /** Retries and refilled budgets come at their time, not at the next sweep. Longer waits are left to the sweep. */
  #later(id: number, again: LookAgain | null): void {
    if (again === null || this.#stop.signal.aborted) return;
    const waitMs = again.at.getTime() - this.#deps.clock.now().getTime();
    if (waitMs <= 0) return void this.#again.set(id, this.#again.get(id) === true);
    if (again.held) this.#resting.set(id, again.at.getTime());
    if (waitMs < SWEEP_EVERY_MS) void this.#sleep(waitMs).then(() => this.wake([id], false));
  }

  #sleep(ms: number): Promise<void> {
    return this.#deps.clock.sleep(ms, this.#stop.signal);
  }
}
