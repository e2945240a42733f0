import { expect, test } from 'vitest';
import { cleanText, clip, escapeText, paramValue } from './writer.ts';

test('line breaks of all kinds become one, control characters go', () => {
  expect(cleanText('a\r\nb\rc\nd\u2028e\u2029f\u0085g')).toBe('a\nb\nc\nd\ne\nf\ng');
  expect(cleanText('\u0000a\u0007b\u000bc\u001bd\u007fe\u009ff\tg')).toBe('abcdef\tg');
  expect(cleanText('x\ud83dy\udc4dz')).toBe('x\uFFFDy\uFFFDz');
  expect(cleanText('\uFFFE\uFFFF')).toBe('\uFFFD\uFFFD');
  expect(cleanText('Zoë 👩‍👩‍👧‍👦 \u202Eشكرا')).toBe('Zoë 👩‍👩‍👧‍👦 \u202Eشكرا');
});

test('a text is cut between characters', () => {
  expect(clip('👍👍👍', 2)).toBe('👍👍');
  expect(clip('👍👍', 2)).toBe('👍👍');
  expect(clip('abc', 2)).toBe('ab');
});

test('text is escaped once, and only what has to be', () => {
  expect(escapeText('a;b,c\\n "d": e\nf')).toBe('a\\;b\\,c\\\\n "d": e\\nf');
});

test('parameters hold what quotes can not', () => {
  expect(paramValue('Europe/Zurich')).toBe('Europe/Zurich');
  expect(paramValue('a:b')).toBe('"a:b"');
  expect(paramValue('say "hi"^, \r\nnow')).toBe('"say ^\'hi^\'^^, ^nnow"');
});
