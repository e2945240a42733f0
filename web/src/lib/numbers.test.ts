import { expect, test } from 'vitest';
import { amountFault, wholeFault } from './numbers.ts';

test.each([0, 1440, '15'])('%s is a whole number within the bounds', (typed) => {
  expect(wholeFault(typed, 0, 1440)).toBeNull();
});

test.each(['', '-', -5, 99_999, 1441, 2.5, '99999999999999999999'])('%s is refused with the bounds', (typed) => {
  expect(wholeFault(typed, 0, 1440)).toBe('Type a whole number from 0 to 1,440.');
});

test('amounts may have hundredths, but no sign', () => {
  expect(amountFault(12.5, 0, 10_000_000)).toBeNull();
  expect(amountFault(-5, 0, 10_000_000)).toBe('Type a number from 0 to 10,000,000.');
  expect(amountFault('', 0, 10_000_000)).not.toBeNull();
});
