import { expect, test } from 'vitest';
import { typeParsers } from './type-parsers.ts';

// What the parsers do with the server's text is tested in test/db on both engines; here only what must not get through.

test('an int8 that a number cannot hold is refused, not rounded', () => {
  const parse = typeParsers.getTypeParser(20, 'text');
  expect(parse('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
  expect(() => parse('9007199254740992')).toThrow('does not fit');
  expect(() => parse('-9223372036854775808')).toThrow('does not fit');
});

test('infinity is no instant', () => {
  expect(() => typeParsers.getTypeParser(1184, 'text')('infinity')).toThrow('no instant');
});
