import { expect, test } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const NOW = new Date('2026-11-20T12:00:00Z');

test.each([
  ['0', 0],
  ['120', 120_000],
  [' 7 ', 7_000],
  ['Fri, 20 Nov 2026 12:00:30 GMT', 30_000],
  ['Fri, 20 Nov 2026 11:59:30 GMT', 0],
  ['2.128', 2_128],
  ['0.0001', 1],
  ['999999999', 86_400_000],
  ['Sat, 20 Nov 2027 12:00:00 GMT', 86_400_000],
])('%s is %d ms', (header, expected) => {
  expect(retryAfterMs(header, NOW)).toBe(expected);
});

test.each([undefined, '', '-1', '1.', '1.5s', 'soon', '0x10', '2026-11-20T12:00:30Z', 'Fri, 99 Nov 2026 12:00:30 GMT'])(
  '%s says nothing',
  (header) => {
    expect(retryAfterMs(header, NOW)).toBeNull();
  },
);
