import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText } from './any-text.fixture.ts';
import { contentLine, LineWriter } from './line-writer.ts';
import { cleanText, escapeText } from './writer.ts';

function textLine(name: string, text: string): string {
  const writer = new LineWriter(0);
  writer.textLine(name, text);
  return writer.bytes().toString();
}

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
      fc.pre(cleanText(text).trim() !== '');
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

test('a text that is fit is written as its cleaned form is, and of one that is unfit throughout nothing is left', () => {
  const units = [
    '\u0080',
    '\u009f',
    '\u00a0',
    '\u2027',
    '\u2028',
    '\u2029',
    '\u202a',
    '\uff5e',
    '\ufffd',
    '\ufffe',
    '\uffff',
  ];
  for (const unit of [
    ...units,
    '\t',
    '\n',
    '\r',
    '\u0000',
    '\u001f',
    '\u007f',
    '\ud83d',
    '\udc4d',
    '👍',
    '\u{10ffff}',
  ]) {
    const text = `a${unit}b`;
    expect(textLine('X', text), JSON.stringify(text)).toBe(`X:${escapeText(cleanText(text))}\r\n`);
  }
  expect(textLine('X', '\u0007\u0000')).toBe('');
  expect(textLine('X', '\u0007\r')).toBe('');
});

test('lines of any number and length come one after another, whatever room there was', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 300 }), { maxLength: 30 }), fc.nat({ max: 200 }), (lengths, octets) => {
      const writer = new LineWriter(octets);
      const lines = lengths.map((length) => `X:${'ä;'.repeat(length)}`);
      for (const line of lines) {
        writer.lines('BEGIN:X\r\n');
        writer.line(line);
        writer.textLine('Y', line);
      }
      const expected = lines.map((line) => `BEGIN:X\r\n${contentLine(line)}${textLine('Y', line)}`);
      expect(writer.bytes().toString()).toBe(expected.join(''));
    }),
  );
});
