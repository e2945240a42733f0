import { expect, test } from 'vitest';
import { matchingTag } from './if-none-match.ts';

test.each([
  ['"a"', '"a"'],
  ['W/"a"', '"a"'],
  ['"b", "a"', '"a"'],
  ['"x",W/"b" , "c"', '"b"'],
  ['*', '"a"'],
  [' * ', '"a"'],
  ['"c"', null],
  ['a', null],
  ['', null],
  ['"', null],
  ['"a', null],
  ['"x*"', null],
  [undefined, null],
])('%s', (header, expected) => {
  expect(matchingTag(header, ['"a"', '"b"'])).toBe(expected);
});
