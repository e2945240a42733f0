/** Letters and digits that nobody mistakes for each other when they are read out: no 0 and O, 1 and l. */
const SIGNS = 'abcdefghijkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_LENGTH = 4;

/** A first password of 80 bits, in groups that can be read out: `k7fm-p3xa-…`. */
export function suggestPassword(randomBytes: (count: number) => Uint8Array = browserBytes): string {
  const signs = [...randomBytes(GROUPS * GROUP_LENGTH)].map((byte) => SIGNS[byte % SIGNS.length]);
  const groups = Array.from({ length: GROUPS }, (_, at) => signs.slice(at * GROUP_LENGTH, (at + 1) * GROUP_LENGTH));
  return groups.map((group) => group.join('')).join('-');
}

function browserBytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count));
}
