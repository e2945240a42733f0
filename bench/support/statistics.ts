/** @throws when there is nothing to take it of: a figure without measurements is none */
export function median(numbers: readonly number[]): number {
  return percentile(numbers, 50);
}

/** The smallest number that `percent` of them do not exceed; between two neighbours, in proportion. */
export function percentile(numbers: readonly number[], percent: number): number {
  if (numbers.length === 0) throw new Error('no measurements');
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (percent / 100) * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

/** What was measured of two sides in one round. */
export interface Pair {
  ours: number;
  theirs: number;
}

/** The median of the rounds' ratios: what slows a whole round down concerns both of its sides and falls out. */
export function medianRatio(pairs: readonly Pair[]): number {
  return median(pairs.map(({ ours, theirs }) => ours / theirs));
}
