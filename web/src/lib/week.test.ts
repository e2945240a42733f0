import { expect, test } from 'vitest';
import { addDays, daysOfWeek, isDate, mondayOf } from './week.ts';

test('a week begins on its Monday, also across a year and a change of clocks', () => {
  expect(mondayOf('2026-12-03')).toBe('2026-11-30');
  expect(mondayOf('2026-11-30')).toBe('2026-11-30');
  expect(mondayOf('2026-12-06')).toBe('2026-11-30');
  expect(daysOfWeek('2026-12-28')).toEqual([
    ...['2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31'],
    ...['2027-01-01', '2027-01-02', '2027-01-03'],
  ]);
  expect(addDays('2027-03-27', 2)).toBe('2027-03-29');
});

test('what is no date is told apart', () => {
  expect(['2026-02-28', '2026-02-30', 'next week', '', '2026-1-1', '2026-12-01T09:00'].map(isDate)).toEqual([
    ...[true, false, false, false, false, false],
  ]);
});
