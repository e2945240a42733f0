import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clip, plainLine, plainText } from './text.ts';

/** Any UTF-16 units, halves of surrogate pairs and control characters included. */
const anyText = fc
  .array(fc.oneof(fc.nat(0xff), fc.nat(0xffff), fc.integer({ min: 0xd800, max: 0xdfff })))
  .map((units) => String.fromCharCode(...units));

test('keeps words, drops what no calendar shows', () => {
  expect(plainText('a\r\nb\rc\u0000\u0007\td \ud83d é 🧽')).toBe('a\nb\nc\td \ufffd é 🧽');
  expect(plainLine(' one\n\ttwo  three ')).toBe('one two  three');
});

test('is the same when repeated', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(plainText(plainText(text))).toBe(plainText(text));
      expect(plainLine(plainLine(text))).toBe(plainLine(text));
      expect(plainLine(text)).not.toMatch(/[\n\t]/);
    }),
  );
});

test('clips between pieces only', () => {
  expect(clip('🧽🧽🧽', 5)).toBe('🧽🧽');
  expect(clip(['&amp;', 'b'], 4)).toBe('');
  expect(clip('abc', 3)).toBe('abc');
});
