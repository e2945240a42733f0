import { expect, test } from 'vitest';
import { phoneFault } from './phone.ts';

test('a phone number has digits, or is left out', () => {
  expect(phoneFault(' ')).toBeNull();
  expect(phoneFault('+44 20 7946 0123')).toBeNull();
  expect(phoneFault('not a phone')).toBe('Type a phone number such as +44 20 7946 0123.');
});
