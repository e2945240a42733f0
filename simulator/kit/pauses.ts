import type { SimulatorClock } from './clock.ts';

/** The flag of an app that does not wait as long as it was told. */
export const TOO_EARLY = 'RETRY-AFTER NOT HONOURED';

// A timer may fire a moment before its time.
const TOLERANCE_MS = 20;

/** Remembers who was told to wait. */
export interface Pauses {
  /** The caller was told to wait, by the header as it was written. */
  begin(key: string, retryAfter: string): void;
  /** True when the caller comes before its time. */
  isEarly(key: string): boolean;
  /** Forgets all of them. */
  reset(): void;
}

export function createPauses(clock: SimulatorClock): Pauses {
  const pausedUntil = new Map<string, number>();
  const now = (): number => clock.now().getTime();
  return {
    begin(key, retryAfter) {
      const until = readRetryAfter(retryAfter, now());
      if (until !== null) pausedUntil.set(key, Math.max(until, pausedUntil.get(key) ?? 0));
    },
    isEarly(key) {
      const until = pausedUntil.get(key);
      if (until === undefined) return false;
      if (now() + TOLERANCE_MS < until) return true;
      pausedUntil.delete(key);
      return false;
    },
    reset: () => pausedUntil.clear(),
  };
}

function readRetryAfter(text: string, now: number): number | null {
  if (/^\d+(\.\d+)?$/.test(text)) return now + Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : date;
}
