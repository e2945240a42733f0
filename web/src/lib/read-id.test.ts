import { expect, test } from 'vitest';
import { NO_ID, readId } from './read-id.ts';

test('an id is a positive whole number', () => {
  expect(readId('1')).toBe(1);
  expect(readId('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
});

test.each(['', 'abc', '0', '-1', '1.5', '1e1', '0x10', '01', ' 1', '99999999999999999999'])('%j is none', (text) => {
  expect(readId(text)).toBe(NO_ID);
});
