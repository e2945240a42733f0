import { describe, expect, test } from 'vitest';
import { dayAfter, withDays, withoutDays, type AbsentDays } from './absent-days.ts';

const SINCE = new Date('2026-11-27T08:00:00Z');
const days = (first: number, last: number, note: string | null = null): AbsentDays => ({
  firstDay: `2026-12-${String(first).padStart(2, '0')}`,
  lastDay: `2026-12-${String(last).padStart(2, '0')}`,
  note,
  since: SINCE,
});

describe('days that are taken back', () => {
  test.each([
    ['all of them', days(3, 6), []],
    ['more than were said', days(1, 9), []],
    ['the first', days(3, 3), [days(4, 6)]],
    ['the last', days(6, 9), [days(3, 5)]],
    ['some in the midst', days(4, 5), [days(3, 3), days(6, 6)]],
    ['others', days(7, 9), [days(3, 6)]],
  ])('%s', (_, span, left) => {
    expect(withoutDays([days(3, 6)], span)).toEqual(left);
  });
});

describe('days that are said again', () => {
  test('overlapping ones with the same words are one absence, since it was first said', () => {
    const later = { ...days(5, 8, 'Fever'), since: new Date('2026-12-01T08:00:00Z') };
    expect(withDays([days(3, 6, 'Fever')], later)).toEqual([days(3, 8, 'Fever')]);
    expect(withDays([days(3, 6)], days(3, 6))).toEqual([days(3, 6)]);
  });

  test('days that follow each other are one, those with a gap are not', () => {
    expect(withDays([days(3, 4), days(8, 9)], days(5, 5))).toEqual([days(3, 5), days(8, 9)]);
    expect(withDays([days(8, 9)], days(3, 4))).toEqual([days(3, 4), days(8, 9)]);
  });

  test('another reason holds for its days, none leaves what was said', () => {
    expect(withDays([days(3, 6, 'Fever')], days(5, 8, 'Dentist'))).toEqual([
      days(3, 4, 'Fever'),
      days(5, 8, 'Dentist'),
    ]);
    expect(withDays([days(4, 5, 'Fever')], days(3, 8))).toEqual([days(3, 3), days(4, 5, 'Fever'), days(6, 8)]);
  });
});

test('days are counted across months and changes of clocks', () => {
  expect([dayAfter('2027-02-28'), dayAfter('2027-03-28'), dayAfter('2027-03-01', -1)]).toEqual([
    '2027-03-01',
    '2027-03-29',
    '2027-02-28',
  ]);
});
