import { expect, test } from 'vitest';
import { appointment } from '../appointment.fixture.ts';
import { newStart, newTeam } from './move-request.ts';

const visit = appointment({
  staff: [
    { id: 12, name: 'Sarah Miller' },
    { id: 13, name: 'Tom King' },
  ],
});

test('only another time is sent', () => {
  expect(newStart(visit, { date: '2026-12-01', time: '09:00', person: '' })).toBeNull();
  expect(newStart(visit, { date: '2026-12-02', time: '09:00', person: '' })).toBe('2026-12-02T09:00:00');
});

test('who takes over has the place of who leaves', () => {
  expect(newTeam(visit, 12, '15')).toEqual([15, 13]);
  expect(newTeam(visit, 12, '13')).toEqual([13]);
  expect(newTeam(visit, 12, '')).toEqual([13]);
  expect(newTeam(visit, 12, '12')).toBeNull();
});

test('a visit of nobody gets somebody', () => {
  const lonely = appointment({ staff: [] });
  expect(newTeam(lonely, null, '15')).toEqual([15]);
  expect(newTeam(lonely, null, '')).toBeNull();
});

test('who takes over from somebody that is no longer in the team joins it', () => {
  expect(newTeam(visit, 11, '15')).toEqual([12, 13, 15]);
  expect(newTeam(visit, 11, '13')).toBeNull();
  expect(newTeam(visit, 11, '')).toBeNull();
});
