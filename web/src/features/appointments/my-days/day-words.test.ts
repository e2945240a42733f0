import { expect, test } from 'vitest';
import { appointment } from '../appointment.fixture.ts';
import { formatShortDay, formatTimes } from '../../../lib/time.ts';
import { clockWords, mateWords, placeClockWords, totalsWords, wayWords } from './day-words.ts';

const LONDON = 'Europe/London';

/** As this machine's language writes it. */
function times(from: string, to: string): string {
  return formatTimes(`2026-12-01T${from}:00Z`, `2026-12-01T${to}:00Z`, 'UTC');
}

test('times are those of the reader’s clock, and the visit’s own where that shows others', () => {
  const visit = appointment({ time_zone: 'Europe/Paris' });
  expect(clockWords(visit, '2026-12-01', LONDON)).toBe(times('09:00', '11:00'));
  expect(placeClockWords(visit, LONDON)).toBe(`${times('10:00', '12:00')} there (Paris time)`);
  expect(placeClockWords(appointment(), LONDON)).toBeNull();
  expect(placeClockWords(appointment({ time_zone: 'Europe/Dublin' }), LONDON)).toBeNull();
});

test('a visit over midnight names the other day', () => {
  const visit = appointment({ starts_at: '2026-12-01T22:00:00+00:00', ends_at: '2026-12-02T02:00:00+00:00' });
  const whole = formatTimes(visit.starts_at, visit.ends_at, LONDON);
  expect(clockWords(visit, '2026-12-01', LONDON)).toBe(whole);
  expect(clockWords(visit, '2026-12-02', LONDON)).toBe(`${formatShortDay(visit.starts_at, LONDON)}, ${whole}`);
});

test('a way says how much time there is', () => {
  const from = appointment();
  expect(wayWords({ from, minutes: 90, samePlace: false })).toBe('1 h 30 min in between');
  expect(wayWords({ from, minutes: 0, samePlace: true })).toBe('Straight on, at the same place');
  expect(wayWords({ from, minutes: -30, samePlace: false })).toBe('Overlaps by 30 min with the visit before');
});

test('who else comes, without oneself', () => {
  const staff = [
    { id: 12, name: 'Sarah Miller' },
    { id: 13, name: 'Tom King', absence: { since: '2026-11-30T08:00:00Z' } },
  ];
  expect(mateWords(appointment({ staff }), 12)).toBe('Tom King (can’t come)');
  expect(mateWords(appointment({ staff: staff.slice(0, 1) }), 12)).toBe('Only you');
});

test('a day in one line', () => {
  const totals = {
    visits: 1,
    from: '2026-12-01T09:00:00+00:00',
    to: '2026-12-01T11:00:00+00:00',
    workMinutes: 120,
  };
  expect(totalsWords(totals, LONDON)).toBe(`1 visit, ${times('09:00', '11:00')}, 2 h of work`);
});
