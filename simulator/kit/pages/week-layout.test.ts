import { expect, test } from 'vitest';
import { addDays, layOutWeek, mondayOf, openingDay } from './week-layout.ts';
import type { WeekItem } from './week-layout.ts';

const ZONE = 'Europe/Zurich';

function items(...spans: [id: string, start: string, end: string][]): WeekItem<string>[] {
  return spans.map(([event, start, end]) => ({
    event,
    days: null,
    startMs: Date.parse(start),
    endMs: Date.parse(end),
  }));
}

test('weeks begin on Monday', () => {
  expect(mondayOf('2026-03-02')).toBe('2026-03-02');
  expect(mondayOf('2026-03-08')).toBe('2026-03-02');
  expect(addDays('2026-02-27', 3)).toBe('2026-03-02');
});

test('a calendar opens at what comes next', () => {
  const week = items(
    ['over', '2026-03-02T09:00:00+01:00', '2026-03-02T11:00:00+01:00'],
    ['long', '2026-03-04T09:00:00+01:00', '2026-03-06T11:00:00+01:00'],
    ['later', '2026-03-10T00:30:00+01:00', '2026-03-10T12:00:00+01:00'],
  );
  const at = (now: string): string => openingDay(week, Date.parse(now), ZONE);
  expect(at('2026-03-02T10:00:00+01:00')).toBe('2026-03-02');
  expect(at('2026-03-02T12:00:00+01:00')).toBe('2026-03-04');
  expect(at('2026-03-05T12:00:00+01:00')).toBe('2026-03-05');
  expect(at('2026-03-07T12:00:00+01:00')).toBe('2026-03-10');
  expect(at('2026-03-20T12:00:00+01:00')).toBe('2026-03-20');
});

test('events at the same time lie side by side, others take the whole width', () => {
  const week = items(
    ['a', '2026-03-02T09:00:00+01:00', '2026-03-02T11:00:00+01:00'],
    ['b', '2026-03-02T10:00:00+01:00', '2026-03-02T12:00:00+01:00'],
    ['c', '2026-03-02T11:00:00+01:00', '2026-03-02T13:00:00+01:00'],
    ['d', '2026-03-02T14:00:00+01:00', '2026-03-02T15:00:00+01:00'],
  );
  const blocks = layOutWeek(week, '2026-03-02', ZONE)[0]?.blocks ?? [];
  expect(blocks.map(({ event, lane, lanes }) => [event, lane, lanes])).toEqual([
    ['a', 0, 2],
    ['b', 1, 2],
    ['c', 0, 2],
    ['d', 0, 1],
  ]);
});

test('the day on which clocks change keeps wall times', () => {
  const week = items(['a', '2026-03-29T09:00:00+02:00', '2026-03-29T10:00:00+02:00']);
  const sunday = layOutWeek(week, '2026-03-23', ZONE)[6];
  expect(sunday?.blocks.map(({ fromMinute, toMinute }) => [fromMinute, toMinute])).toEqual([[540, 600]]);
});
