import { describe, expect, it } from 'vitest';
import { appointment } from '../appointment.fixture.ts';
import { boardRows, type BoardRow } from './board-rows.ts';

const sarah = { id: 12, name: 'Sarah Miller' };
const anna = { id: 14, name: 'Anna Lund' };
const tom = { id: 13, name: 'Tom King' };
const DATES = ['2026-12-01', '2026-12-02'];

function ids(rows: readonly BoardRow[]): Record<string, number[][]> {
  return Object.fromEntries(
    rows.map(({ person, days }) => [person.name, days.map((day) => day.map((visit) => visit.appointment.id))]),
  );
}

describe('the week by person', () => {
  it('begins with what nobody does, then goes by name', () => {
    const rows = boardRows([appointment({ id: 1 })], [sarah, anna], DATES);
    expect(rows.map(({ person }) => person.name)).toEqual(['Nobody assigned', 'Anna Lund', 'Sarah Miller']);
    expect(ids(rows)['Nobody assigned']).toEqual([[1], []]);
  });

  it('shows a visit to each of its team, also to those of other teams', () => {
    const rows = boardRows([appointment({ id: 1, staff: [sarah, tom] })], [sarah], DATES);
    expect(ids(rows)).toEqual({ 'Nobody assigned': [[], []], 'Sarah Miller': [[1], []], 'Tom King': [[1], []] });
    expect(rows.map(({ isForeign }) => isForeign)).toEqual([false, false, true]);
  });

  it('says on which days somebody can’t come, in their row alone', () => {
    const days = { user_id: sarah.id, from: '2026-11-30', until: '2026-12-01', time_zone: 'Europe/London' };
    const span = { starts_at: '2026-11-30T00:00:00.000Z', ends_at: '2026-12-02T00:00:00.000Z' };
    const absence = { ...days, ...span, note: 'Fever', since: '2026-11-29T08:00:00.000Z' };
    const rows = boardRows([], [sarah, anna], DATES, [absence]);
    expect(rows.map(({ absences }) => absences)).toEqual([
      [undefined, undefined],
      [undefined, undefined],
      [absence, undefined],
    ]);
  });

  it('puts a visit on the day of its own place', () => {
    const late = appointment({
      starts_at: '2026-12-01T22:00:00-05:00',
      ends_at: '2026-12-01T23:00:00-05:00',
      time_zone: 'America/New_York',
      staff: [sarah],
    });
    expect(ids(boardRows([late], [sarah], DATES))['Sarah Miller']).toEqual([[123], []]);
  });

  it('tells who of a team can’t come, as long as somebody has to', () => {
    const absence = { since: '2026-11-30T08:00:00+00:00', note: 'Fever' };
    const staff = [{ ...sarah, absence }, tom];
    const absent = (status: 'scheduled' | 'completed'): unknown[] =>
      boardRows([appointment({ staff, status })], [sarah, tom], DATES).map(({ days }) =>
        days[0]?.map((visit) => visit.absence),
      );
    expect(absent('scheduled')).toEqual([[], [absence], [undefined]]);
    expect(absent('completed')).toEqual([[], [undefined], [undefined]]);
  });

  it('leaves out what is cancelled or of another week, and marks overlaps of one person', () => {
    const visits = [
      appointment({ id: 1, staff: [sarah] }),
      appointment({ id: 2, staff: [sarah, tom], starts_at: '2026-12-01T10:00:00+00:00' }),
      appointment({ id: 3, staff: [sarah], status: 'cancelled' }),
      appointment({ id: 4, staff: [sarah], starts_at: '2026-12-09T10:00:00+00:00' }),
    ];
    const rows = boardRows(visits, [sarah, tom], DATES);
    expect(ids(rows)['Sarah Miller']).toEqual([[1, 2], []]);
    const clashes = rows.map(({ days }) => days[0]?.map((visit) => visit.clashes.map(({ id }) => id)));
    expect(clashes).toEqual([[], [[2], [1]], [[]]]);
  });
});
