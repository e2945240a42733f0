import { expect, test } from 'vitest';
import { dayFault } from './last-day.ts';

test.each([
  ['2026-12-01', false],
  ['2199-12-31', false],
  ['2200-01-01', true],
  ['9999-12-31', true],
  // Fields for days take years of six digits.
  ['100000-01-01', true],
  ['', false],
])('%s is too far: %s', (day, isTooFar) => {
  expect(dayFault(day) !== null).toBe(isTooFar);
});
