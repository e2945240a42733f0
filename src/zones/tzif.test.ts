import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tzif } from './tzif.fixture.ts';
import { readTzif } from './tzif.ts';
import { spellAt, type ZoneTable } from './zone-table.ts';

const ZONEINFO = '/usr/share/zoneinfo';

/** Minutes east and abbreviation at each instant. */
function seen(table: ZoneTable, instants: string[]): string[] {
  return instants.map((instant) => {
    const spell = spellAt(table, Date.parse(instant));
    return `${(table.offsets[spell] ?? 0) / 60} ${table.abbreviations[spell]}`;
  });
}

test.runIf(existsSync(`${ZONEINFO}/Europe/Zurich`)).each([
  [
    'Europe/Zurich',
    ['1980-07-01', '1982-07-01', '2026-01-01', '2026-07-01', '2499-07-01'],
    ['60 CET', '120 CEST', '60 CET', '120 CEST', '120 CEST'],
  ],
  ['Asia/Kathmandu', ['1985-01-01', '2026-01-01'], ['330 +0530', '345 +0545']],
  ['Australia/Lord_Howe', ['2026-01-01', '2026-07-01'], ['660 +11', '630 +1030']],
  ['Pacific/Apia', ['2011-12-30T09:59:59Z', '2011-12-30T10:00:00Z'], ['-600 -10', '840 +14']],
  ['Etc/GMT+5', ['2026-01-01'], ['-300 -05']],
  ['America/New_York', ['1918-03-31T06:59:59Z', '1918-03-31T07:00:00Z'], ['-300 EST', '-240 EDT']],
])('the system file of %s', (zone, instants, offsets) => {
  expect(seen(readTzif(readFileSync(`${ZONEINFO}/${zone}`)), instants)).toEqual(offsets);
});

test.runIf(existsSync(`${ZONEINFO}/Europe/Zurich`))(
  'the old 32-bit block of a fat file agrees with the new one',
  () => {
    const file = readFileSync(`${ZONEINFO}/Europe/Zurich`);
    const asVersion1 = Buffer.from(file);
    asVersion1[4] = 0;
    const old = readTzif(asVersion1);
    // A "slim" file has an empty old block.
    if (old.starts.length === 1) return;
    const instants = ['1982-07-01', '2026-01-01', '2026-07-01', '2036-07-01'];
    expect(seen(old, instants)).toEqual(seen(readTzif(file), instants));
  },
);

test('a file without changes follows its rule', () => {
  const table = readTzif(tzif({ offset: 3600, abbreviation: 'CET', footer: 'CET-1CEST,M3.5.0,M10.5.0/3' }));
  expect(seen(table, ['1960-07-01', '2026-01-01', '2026-07-01'])).toEqual(['60 CET', '60 CET', '120 CEST']);
});

test('what is no zone, or cut short, is refused', () => {
  const file = tzif({ offset: 3600, abbreviation: 'CET', footer: 'CET-1' });
  expect(() => readTzif(Buffer.from('TZif'))).toThrow('Not a TZif file');
  expect(() => readTzif(Buffer.alloc(100))).toThrow('Not a TZif file');
  expect(() => readTzif(file.subarray(0, 70))).toThrow();
  expect(() => readTzif(tzif({ offset: 0, abbreviation: 'X', footer: 'nonsense!' }))).toThrow('not understood');
});
