/** A sum over a sliding window, kept in 60 slices: a slice counts until the window has left it whole. */
export interface SlidingWindow {
  /** The sum at `now` (milliseconds). */
  sum(now: number): number;
  add(units: number, now: number): void;
  /** Milliseconds from `now` until at most `units` are left in the window. */
  untilAtMost(units: number, now: number): number;
}

const SLICES = 60;

export function createSlidingWindow(lengthMs: number): SlidingWindow {
  const slices = new Map<number, number>();
  const sliceMs = lengthMs / SLICES;
  let sum = 0;
  const endOf = (slice: number): number => (slice + 1) * sliceMs + lengthMs;
  const forget = (now: number): void => {
    for (const [slice, units] of slices) {
      if (endOf(slice) > now) break;
      slices.delete(slice);
      sum -= units;
    }
  };
  return {
    sum(now) {
      forget(now);
      return sum;
    },
    add(units, now) {
      const slice = Math.floor(now / sliceMs);
      slices.set(slice, (slices.get(slice) ?? 0) + units);
      sum += units;
      if (slices.size > 2 * SLICES) forget(now);
    },
    untilAtMost(units, now) {
      forget(now);
      let left = sum;
      for (const [slice, taken] of slices) {
        if (left <= units) break;
        left -= taken;
        if (left <= units) return endOf(slice) - now;
      }
      return 0;
    },
  };
}
