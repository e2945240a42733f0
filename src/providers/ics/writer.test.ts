import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText } from './any-text.fixture.ts';
import { cleanText, clip, contentLine, escapeText, paramValue, textLine } from './writer.ts';

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

test('a line of 75 octets stands, the 76th moves on', () => {
  const line = `X:${'a'.repeat(73)}`;
  expect(contentLine(line)).toBe(`${line}\r\n`);
  expect(contentLine(`${line}b`)).toBe(`${line}\r\n b\r\n`);
  expect(contentLine(`${line}${'b'.repeat(75)}`)).toBe(`${line}\r\n ${'b'.repeat(74)}\r\n b\r\n`);
});

test('an emoji is never torn, wherever it falls', () => {
  for (let before = 60; before < 80; before += 1) {
    const line = `X:${'a'.repeat(before)}👍é€👍`;
    const folded = contentLine(line);
    expect(folded.replaceAll('\r\n ', '')).toBe(`${line}\r\n`);
    for (const part of folded.split('\r\n')) expect(part.isWellFormed()).toBe(true);
  }
});

test('folding is undone by unfolding, and no line is longer than 75 octets', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const folded = textLine('X', text);
      const lines = folded.split('\r\n');
      expect(lines.pop()).toBe('');
      const octets = lines.map((line) => Buffer.byteLength(line));
      expect(Math.max(...octets)).toBeLessThanOrEqual(75);
      // All but the last line are as full as the next character lets them be.
      expect(Math.min(75, ...octets.slice(0, -1))).toBeGreaterThan(71);
      // The bytes of each line must be whole characters.
      expect(lines.map((line) => Buffer.from(line).toString())).toEqual(lines);
      expect(lines.join('\r\n').replaceAll('\r\n ', '')).toBe(`X:${escapeText(cleanText(text))}`);
    }),
    { numRuns: 150 },
  );
});
