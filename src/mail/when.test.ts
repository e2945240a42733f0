import { expect, it } from 'vitest';
import { dayWords, startWords, whenWords } from './when.ts';

const LONDON = 'Europe/London';
const READER = { timeZone: LONDON, language: 'en' } as const;

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
  expect(whenWords({ startsWall, endsWall, timeZone }, READER)).toBe(words);
});

it('knows the days', () => {
  expect(['2024-02-29', '2026-11-22', '2100-03-01'].map((day) => dayWords(`${day}T00:00:00`, READER))).toEqual([
    'Thursday 29 February 2024',
    'Sunday 22 November 2026',
    'Monday 1 March 2100',
  ]);
});

it('says them in German, too', () => {
  const german = { timeZone: LONDON, language: 'de' } as const;
  const times = { startsWall: '2026-03-03T09:00:00', endsWall: '2026-03-03T11:30:00', timeZone: 'Europe/Zurich' };
  expect(whenWords(times, german)).toBe('Dienstag, 3. März 2026, 09:00–11:30 Uhr (Europe/Zurich)');
  expect(startWords({ ...times, timeZone: LONDON }, german)).toBe('Dienstag, 3. März 2026, 09:00 Uhr');
  expect(whenWords({ ...times, endsWall: '2026-03-04T01:00:00', timeZone: LONDON }, german)).toBe(
    'Dienstag, 3. März 2026, 09:00 – Mittwoch, 4. März 2026, 01:00 Uhr',
  );
});
