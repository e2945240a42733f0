import { HOUR, SECOND } from '../base/time.ts';

/** First wait and longest wait of the retries. An hour at the most: a person should not wait a day for a provider that is back. */
const BASE_MS = 1 * SECOND;
const LONGEST_MS = 1 * HOUR;

/**
 * How long to wait before attempt number `attempts + 1`: exponential with full jitter, so that a thousand accounts that
 * failed together don't come back together. A time named by the provider is a lower bound.
 * @param random a number in [0, 1)
 */
export function backoffMs(attempts: number, afterMs: number | null, random: () => number): number {
  const ceiling = Math.min(LONGEST_MS, BASE_MS * 2 ** Math.min(attempts, 30));
  const jittered = Math.round(ceiling * (0.1 + 0.9 * random()));
  return afterMs === null ? jittered : Math.max(afterMs, Math.min(jittered, afterMs * 2));
}
