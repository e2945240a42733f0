import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketOf, percentileMs } from './lag.ts';

function counted(lagsMs: readonly number[]): { bucket: number; events: number }[] {
  return lagsMs.map((lagMs) => ({ bucket: bucketOf(lagMs), events: 1 }));
}

describe('lags', () => {
  it('of nobody are unknown', () => {
    expect(percentileMs([], 0.5)).toBeNull();
  });

  it('half and 95 of 100 are told apart', () => {
    const lags = [...Array.from({ length: 90 }, () => 200), ...Array.from({ length: 10 }, () => 60_000)];
    expect(percentileMs(counted(lags), 0.5)).toBeLessThan(221);
    expect(percentileMs(counted(lags), 0.95)).toBeGreaterThan(59_999);
  });

  it('are never told as shorter than they were, nor as longer by more than a tenth', () => {
    const lag = fc.integer({ min: 10, max: 1_000_000_000 });
    fc.assert(
      fc.property(
        fc.array(lag, { minLength: 1, maxLength: 50 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (lags, part) => {
          const sorted = lags.toSorted((a, b) => a - b);
          const exact = sorted[Math.max(1, Math.ceil(lags.length * part)) - 1] ?? 0;
          const told = percentileMs(counted(lags), part) ?? 0;
          expect(told).toBeGreaterThanOrEqual(exact - 1);
          expect(told).toBeLessThanOrEqual(exact * 1.1 + 1);
        },
      ),
    );
  });

  it('beyond weeks stay in the last bucket', () => {
    expect(bucketOf(Number.MAX_SAFE_INTEGER)).toBe(bucketOf(10 * 365 * 86_400_000));
    expect(bucketOf(0)).toBe(0);
  });
});
