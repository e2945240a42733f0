import { expect, test } from 'vitest';
import { appointment } from './appointment.fixture.ts';
import { clashesWith } from './clashes.ts';

const sarah = { id: 12, name: 'Sarah Miller' };
const span = { starts_at: '2026-12-01T09:00:00+00:00', ends_at: '2026-12-01T11:00:00+00:00' };
const visit = (id: number, from: string, to: string): ReturnType<typeof appointment> =>
  appointment({ id, staff: [sarah], starts_at: `2026-12-01T${from}:00+00:00`, ends_at: `2026-12-01T${to}:00+00:00` });

test('what overlaps is told; what only touches, is another’s or is over is not', () => {
  const others = [
    visit(1, '08:00', '09:00'),
    visit(2, '08:00', '09:01'),
    visit(3, '11:00', '12:00'),
    visit(4, '10:59', '12:00'),
    { ...visit(5, '09:30', '10:00'), status: 'cancelled' as const },
    { ...visit(6, '09:30', '10:00'), staff: [{ id: 13, name: 'Tom King' }] },
    visit(7, '09:00', '11:00'),
  ];
  expect(clashesWith(span, sarah.id, others, 7).map(({ id }) => id)).toEqual([2, 4]);
});

test('times of other zones are compared as instants', () => {
  const there = appointment({
    id: 8,
    staff: [sarah],
    starts_at: '2026-12-01T05:30:00-05:00',
    ends_at: '2026-12-01T07:00:00-05:00',
  });
  expect(clashesWith(span, sarah.id, [there], 7)).toEqual([there]);
});
