import { expect, test } from 'vitest';
import { appointment } from '../appointment.fixture.ts';
import { boardRows } from './board-rows.ts';
import { marksOf } from './board-marks.ts';

const sarah = { id: 12, name: 'Sarah Miller' };
const DATES = ['2026-12-01'];
const words = (...visits: Parameters<typeof boardRows>[0]): string[] =>
  marksOf(boardRows(visits, [sarah], DATES)).map(({ word }) => word);

test('what needs the office is counted in words', () => {
  expect(words(appointment({ id: 1 }))).toEqual(['1 visit without anybody']);
  expect(words(appointment({ id: 1, staff: [sarah] }), appointment({ id: 2, staff: [sarah] }))).toEqual([
    '1 person in two places at once',
  ]);
});

test('who can’t come is counted once, and is not there', () => {
  const staff = [{ ...sarah, absence: { since: '2026-11-30T08:00:00+00:00' } }];
  const later = { starts_at: '2026-12-01T12:00:00+00:00', ends_at: '2026-12-01T13:00:00+00:00' };
  const visits = [appointment({ id: 1, staff }), appointment({ id: 2, staff, ...later })];
  expect(words(...visits)).toEqual(['1 person who can’t come']);
});

test('a visit that was planned on a day on which somebody can’t come needs somebody else', () => {
  const days = { user_id: sarah.id, from: '2026-12-01', until: '2026-12-01', time_zone: 'Europe/London' };
  const span = { starts_at: '2026-12-01T00:00:00.000Z', ends_at: '2026-12-02T00:00:00.000Z' };
  const absences = [{ ...days, ...span, note: null, since: '2026-11-29T08:00:00.000Z' }];
  const of = (...visits: Parameters<typeof boardRows>[0]): string[] =>
    marksOf(boardRows(visits, [sarah], DATES, absences)).map(({ word }) => word);
  expect(of(appointment({ id: 1, staff: [sarah] }))).toEqual(['1 person who can’t come']);
  expect(of(appointment({ id: 1, staff: [sarah], status: 'completed' }))).toEqual(['Everybody needed is there']);
  expect(of()).toEqual(['Everybody needed is there']);
});

test('a week in order is said to be so', () => {
  expect(words(appointment({ id: 1, staff: [sarah] }))).toEqual(['Everybody needed is there']);
  expect(words(appointment({ id: 1, status: 'completed' }))).toEqual(['Everybody needed is there']);
});
