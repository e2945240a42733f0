import { expect, test } from 'vitest';
import { emptyState, addAccount, findCalendar } from '../state.ts';
import type { Calendar, StoredEvent } from '../state.ts';
import { addDays, layOutWeek, mondayOf } from './week-layout.ts';

function calendarWith(...spans: [id: string, start: string, end: string][]): Calendar {
  const state = emptyState();
  const { email } = addAccount(state, { email: 'anna@example.com', name: 'Anna', timeZone: 'Europe/Zurich' });
  const calendar = findCalendar(state, email, 'primary');
  if (!calendar) throw new Error('no calendar');
  for (const [id, start, end] of spans) calendar.events.set(id, eventOf(id, start, end));
  return calendar;
}

function eventOf(id: string, start: string, end: string): StoredEvent {
  const at = (text: string): StoredEvent['start'] => ({
    kind: 'instant',
    ms: Date.parse(text),
    timeZone: null,
    offsetDisagrees: false,
  });
  return {
    id,
    iCalUID: `${id}@google.com`,
    status: 'confirmed',
    start: at(start),
    end: at(end),
    fields: {},
    sequence: 0,
    etag: '"1"',
    created: 0,
    updated: 0,
    revision: 1,
    ordinal: 1,
  };
}

test('weeks begin on Monday', () => {
  expect(mondayOf('2026-03-02')).toBe('2026-03-02');
  expect(mondayOf('2026-03-08')).toBe('2026-03-02');
  expect(addDays('2026-02-27', 3)).toBe('2026-03-02');
});

test('events at the same time lie side by side, others take the whole width', () => {
  const calendar = calendarWith(
    ['a', '2026-03-02T09:00:00+01:00', '2026-03-02T11:00:00+01:00'],
    ['b', '2026-03-02T10:00:00+01:00', '2026-03-02T12:00:00+01:00'],
    ['c', '2026-03-02T11:00:00+01:00', '2026-03-02T13:00:00+01:00'],
    ['d', '2026-03-02T14:00:00+01:00', '2026-03-02T15:00:00+01:00'],
  );
  const blocks = layOutWeek(calendar, '2026-03-02')[0]?.blocks ?? [];
  expect(blocks.map(({ event, lane, lanes }) => [event.id, lane, lanes])).toEqual([
    ['a', 0, 2],
    ['b', 1, 2],
    ['c', 0, 2],
    ['d', 0, 1],
  ]);
});

test('the day on which clocks change keeps wall times', () => {
  const calendar = calendarWith(['a', '2026-03-29T09:00:00+02:00', '2026-03-29T10:00:00+02:00']);
  const sunday = layOutWeek(calendar, '2026-03-23')[6];
  expect(sunday?.blocks.map(({ fromMinute, toMinute }) => [fromMinute, toMinute])).toEqual([[540, 600]]);
});
