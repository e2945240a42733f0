import { expect, test } from 'vitest';
import { parsePosixRule, spellsOf } from './posix-rule.ts';

function changesOf(rule: string, year: number): string[] {
  return spellsOf(parsePosixRule(rule), year, year).map(
    ({ start, offset, abbreviation }) => `${new Date(start).toISOString().slice(0, 16)} ${offset / 60} ${abbreviation}`,
  );
}

// The rules are those of the tz database; the expected changes are published local law, not read off this code.
test.each([
  ['Zurich', 'CET-1CEST,M3.5.0,M10.5.0/3', ['2026-03-29T01:00 120 CEST', '2026-10-25T01:00 60 CET']],
  ['New York', 'EST5EDT,M3.2.0,M11.1.0', ['2026-03-08T07:00 -240 EDT', '2026-11-01T06:00 -300 EST']],
  ['Sydney', 'AEST-10AEDT,M10.1.0,M4.1.0/3', ['2026-04-04T16:00 600 AEST', '2026-10-03T16:00 660 AEDT']],
  ['Lord Howe', '<+1030>-10:30<+11>-11,M10.1.0,M4.1.0', ['2026-04-04T15:00 630 +1030', '2026-10-03T15:30 660 +11']],
  ['Nuuk', '<-02>2<-01>,M3.5.0/-1,M10.5.0/0', ['2026-03-29T01:00 -60 -01', '2026-10-25T01:00 -120 -02']],
  ['Jerusalem', 'IST-2IDT,M3.4.4/26,M10.5.0', ['2026-03-27T00:00 180 IDT', '2026-10-24T23:00 120 IST']],
  ['Dublin', 'IST-1GMT0,M10.5.0,M3.5.0/1', ['2026-03-29T01:00 60 IST', '2026-10-25T01:00 0 GMT']],
])('%s', (_, rule, changes) => {
  expect(changesOf(rule, 2026)).toEqual(changes);
});

test('a day without 29 February counts as in POSIX', () => {
  const rule = 'AAA0BBB,J60/0,59/0';
  expect(changesOf(rule, 2027)).toEqual(['2027-02-28T23:00 0 AAA', '2027-03-01T00:00 60 BBB']);
  expect(changesOf(rule, 2028)).toEqual(['2028-02-28T23:00 0 AAA', '2028-03-01T00:00 60 BBB']);
});

test('a zone without summer time adds nothing', () => {
  expect(changesOf('<+0545>-5:45', 2026)).toEqual([]);
  expect(parsePosixRule('<+0545>-5:45').standard).toEqual({ abbreviation: '+0545', offset: 20_700 });
});

test.each(['', 'CET', 'CET-1CEST', 'CET-1CEST,M3.5,M10.5.0', 'CET-1CEST,M3.6.0,M10.5.0'])('%j is refused', (rule) => {
  expect(() => parsePosixRule(rule)).toThrow('not understood');
});
