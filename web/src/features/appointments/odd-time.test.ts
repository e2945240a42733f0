import { expect, test } from 'vitest';
import { oddTime } from './odd-time.ts';

const NOW = new Date('2026-12-01T09:30:00Z');
const VISIT = { starts_at: '2026-12-03T09:00:00+00:00', time_zone: 'Europe/London' };

test.each([
  ['2020-01-01', '09:00', 'past'],
  ['2026-12-01', '09:29', 'past'],
  ['2026-12-01', '09:30', null],
  ['2026-12-04', '03:00', 'night'],
  ['2026-12-04', '05:59', 'night'],
  ['2026-12-04', '06:00', null],
  ['2026-12-04', '21:59', null],
  ['2026-12-04', '22:00', 'night'],
  ['', '09:00', null],
])('%s %s is %s', (date, time, odd) => {
  expect(oddTime(VISIT, { date, time }, NOW)).toBe(odd);
});

test('now is that of the visit’s own place', () => {
  const there = { ...VISIT, time_zone: 'America/New_York' };
  expect(oddTime(there, { date: '2026-12-01', time: '06:00' }, NOW)).toBeNull();
  expect(oddTime(VISIT, { date: '2026-12-01', time: '06:00' }, NOW)).toBe('past');
});

test('a visit of the past or night that stays is not asked about', () => {
  expect(
    oddTime({ ...VISIT, starts_at: '2026-11-03T23:00:00Z' }, { date: '2026-11-03', time: '23:00' }, NOW),
  ).toBeNull();
});
