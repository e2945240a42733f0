import { expect, it } from 'vitest';
import type { Row } from './row.ts';
import { renderTable } from './table.ts';

const row = (value: number, goal: Row['goal'], more: Partial<Row> = {}): Row => ({
  ...{ name: 'thing', goal, value, control: 1.02, note: 'a ÷ b' },
  ...more,
});

it('says of each goal whether it is met, and tells small ratios as fractions', () => {
  const lines = renderTable([
    row(0.98, { atLeast: 0.97 }),
    row(0.96, { atLeast: 0.97 }),
    row(0.0004, { atMost: 1 / 1000 }),
    row(0, { atMost: 0 }, { control: null }),
    row(51.26, { atMost: 50 }, { unit: 'ms' }),
    row(270, null, { unit: 'MiB' }),
  ]).split('\n');
  expect(lines.slice(1).map((line) => line.split(/ {2,}/))).toEqual([
    ['thing', '≥ 0.97', '0.98', '1.02', 'met', 'a ÷ b'],
    ['thing', '≥ 0.97', '0.96', '1.02', 'MISSED', 'a ÷ b'],
    ['thing', '≤ 1/1,000', '1/2,500', '1.02', 'met', 'a ÷ b'],
    ['thing', '≤ 0', '0', '–', 'met', 'a ÷ b'],
    ['thing', '≤ 50 ms', '51.3 ms', '1.02', 'MISSED', 'a ÷ b'],
    ['thing', '–', '270 MiB', '1.02', 'a ÷ b'],
  ]);
});
