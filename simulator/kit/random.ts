import { randomInt } from 'node:crypto';

/** A source of chance that can be repeated by its seed, so that a failing random test can be run again. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** `length` characters drawn from `alphabet`. */
  text(length: number, alphabet: string): string;
  /** The same items in another order; the given array stays as it is. */
  shuffle<T>(items: readonly T[]): T[];
}

export const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A random source; without a seed every start differs. */
export function createRandom(seed: number = randomInt(2 ** 31)): Random {
  const next = mulberry32(seed);
  return {
    next,
    text: (length, alphabet) =>
      Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)] ?? '').join(''),
    shuffle: (items) => shuffled(items, next),
  };
}

// mulberry32: 32 bits of state, good enough to mix up answers; no secret depends on it.
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled<T>(items: readonly T[], next: () => number): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(next() * (last + 1));
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}
