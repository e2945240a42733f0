import { expect, it } from 'vitest';
import { dayWords, whenWords } from './when.ts';

const LONDON = 'Europe/London';

it.each([
  ['2026-12-01T09:00:00', '2026-12-01T11:30:00', LONDON, 'Tuesday 1 December 2026, 09:00–11:30'],
  [
    '2026-12-31T22:00:00',
    '2027-01-01T01:00:00',
    LONDON,
    'Thursday 31 December 2026, 22:00 – Friday 1 January 2027, 01:00',
  ],
  [
    '2026-12-01T09:00:00',
    '2026-12-01T11:30:00',
    'Europe/Zurich',
    'Tuesday 1 December 2026, 09:00–11:30 (Europe/Zurich)',
  ],
])('%s to %s in %s: %s', (startsWall, endsWall, timeZone, words) => {
  expect(whenWords({ startsWall, endsWall, timeZone }, LONDON)).toBe(words);
});

it('knows the days', () => {
  expect(['2024-02-29', '2026-11-22', '2100-03-01'].map((day) => dayWords(`${day}T00:00:00`))).toEqual([
    'Thursday 29 February 2024',
    'Sunday 22 November 2026',
    'Monday 1 March 2100',
  ]);
});
