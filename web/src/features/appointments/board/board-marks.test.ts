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

test('a week in order is said to be so', () => {
  expect(words(appointment({ id: 1, staff: [sarah] }))).toEqual(['Everybody needed is there']);
  expect(words(appointment({ id: 1, status: 'completed' }))).toEqual(['Everybody needed is there']);
});
