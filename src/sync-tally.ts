import { MINUTE, SECOND, type Clock } from './base/time.ts';
import type { Db } from './db/sql.ts';
import { addFigures, type MinuteCounts } from './store/sync-figures.ts';
import type { DrainEvent } from './sync/drain-context.ts';
import { bucketOf } from './sync/lag.ts';
import type { ProviderName } from './sync/provider.ts';

/** What a crash may lose of the counts; nothing but figures for people to look at hangs on them. */
const FLUSH_EVERY_MS = 5 * SECOND;

export interface TallyDeps {
  db: Db;
  clock: Clock;
  onError: (error: unknown) => void;
}

interface Counts extends Omit<MinuteCounts, 'lags'> {
  lags: Map<number, number>;
}

/** Counts what the engine does, minute by minute, in memory, and adds it to the database's counts every few seconds. */
export class SyncTally {
  readonly #deps: TallyDeps;
  readonly #stop = new AbortController();
  #counts = new Map<string, Counts>();
  #loop: Promise<void> | null = null;

  constructor(deps: TallyDeps) {
    this.#deps = deps;
  }

  observe(event: DrainEvent): void {
    if (event.kind === 'batch') {
      const counts = this.#countsOf(event.provider);
      counts.done += event.calls - event.failures;
      counts.failed += event.failures;
      counts.throttled += event.throttled;
    }
    if (event.kind === 'recorded') {
      const { lags } = this.#countsOf(event.provider);
      for (const lagMs of event.lagsMs) {
        const bucket = bucketOf(lagMs);
        lags.set(bucket, (lags.get(bucket) ?? 0) + 1);
      }
    }
  }

  /** Begins to write down; returns at once. */
  run(): void {
    this.#loop ??= this.#forEver();
  }

  /** Writes the rest down. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
    await this.flush();
  }

  /** Adds what was counted since the last time; what can't be written now is kept for the next. */
  async flush(): Promise<void> {
    const counted = this.#counts;
    if (counted.size === 0) return;
    this.#counts = new Map();
    const minutes = [...counted.values()].map(({ lags, ...counts }) => ({
      ...counts,
      lags: [...lags].map(([bucket, events]) => ({ bucket, events })),
    }));
    try {
      await addFigures(this.#deps.db, minutes);
    } catch (error) {
      this.#takeBack(counted);
      this.#deps.onError(error);
    }
  }

  async #forEver(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#deps.clock.sleep(FLUSH_EVERY_MS, this.#stop.signal);
      await this.flush();
    }
  }

  #countsOf(provider: ProviderName): Counts {
    const minute = new Date(Math.floor(this.#deps.clock.now().getTime() / MINUTE) * MINUTE);
    const key = `${minute.getTime()} ${provider}`;
    const known = this.#counts.get(key);
    if (known) return known;
    const counts: Counts = { minute, provider, done: 0, failed: 0, throttled: 0, lags: new Map() };
    this.#counts.set(key, counts);
    return counts;
  }

  #takeBack(earlier: ReadonlyMap<string, Counts>): void {
    for (const [key, counts] of earlier) {
      const later = this.#counts.get(key);
      if (!later) {
        this.#counts.set(key, counts);
        continue;
      }
      later.done += counts.done;
      later.failed += counts.failed;
      later.throttled += counts.throttled;
      for (const [bucket, events] of counts.lags) later.lags.set(bucket, (later.lags.get(bucket) ?? 0) + events);
    }
  }
}
