import { expect, test } from 'vitest';
import { appointment } from './appointment.fixture.ts';
import { groupByDay } from './group-by-day.ts';

const TUESDAY = '2026-12-01T09:00:00+00:00';

test('puts the visits of a day together, by the days of the reader', () => {
  const days = groupByDay(
    [
      appointment({ id: 1, starts_at: TUESDAY }),
      appointment({ id: 2, starts_at: '2026-12-01T23:30:00+00:00' }),
      appointment({ id: 3, starts_at: '2026-12-02T02:00:00+00:00', time_zone: 'America/New_York' }),
      appointment({ id: 4, starts_at: '2026-12-02T09:00:00+00:00' }),
    ],
    10,
    'Europe/London',
  );
  expect(days.map((day) => [day.date, day.appointments.map(({ id }) => id)])).toEqual([
    ['2026-12-01', [1, 2]],
    ['2026-12-02', [3, 4]],
  ]);
});

test('a full day comes in parts, which tell the first from the others', () => {
  const visits = [1, 2, 3, 4, 5].map((id) => appointment({ id, starts_at: TUESDAY }));
  const parts = groupByDay(visits, 2, 'Europe/London');
  expect(parts.map((part) => [part.continued, part.appointments.map(({ id }) => id)])).toEqual([
    [false, [1, 2]],
    [true, [3, 4]],
    [true, [5]],
  ]);
});

test('nothing has no days', () => {
  expect(groupByDay([], 10, 'Europe/London')).toEqual([]);
});
