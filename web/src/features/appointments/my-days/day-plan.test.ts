import { expect, test } from 'vitest';
import type { AppointmentJson } from '../../../../../src/api-contract/appointments.ts';
import { appointment } from '../appointment.fixture.ts';
import { planDay, totalsOf } from './day-plan.ts';

const SARAH = 12;
const EARLY = new Date('2026-12-01T06:00:00Z');

function visit(id: number, from: string, to: string, over: Partial<AppointmentJson> = {}): AppointmentJson {
  return appointment({
    id,
    starts_at: `2026-12-01T${from}:00+00:00`,
    ends_at: `2026-12-01T${to}:00+00:00`,
    address: { line1: `${id} Elm Road`, line2: null, city: 'London', postal_code: 'N1 1AA', country: 'GB' },
    ...over,
  });
}

test('visits are numbered by the clock, and the way between them is told', () => {
  const stops = planDay([visit(2, '13:30', '15:00'), visit(1, '09:00', '11:00')], SARAH, EARLY);
  expect(stops.map(({ appointment: { id }, number }) => [id, number])).toEqual([
    [1, 1],
    [2, 2],
  ]);
  expect(stops[0]?.way).toBeNull();
  expect(stops[1]?.way).toMatchObject({ minutes: 150, samePlace: false, from: { id: 1 } });
});

test('who can’t come, and what is cancelled, is no place of the day', () => {
  const absent = visit(2, '12:00', '13:00', {
    staff: [{ id: SARAH, name: 'Sarah Miller', absence: { since: '2026-11-30T08:00:00Z' } }],
  });
  const stops = planDay(
    [
      visit(1, '09:00', '10:00'),
      absent,
      visit(3, '11:00', '12:00', { status: 'cancelled' }),
      visit(4, '14:00', '15:00'),
    ],
    SARAH,
    EARLY,
  );
  expect(stops.map(({ number }) => number)).toEqual([1, null, null, 2]);
  expect(stops.at(-1)?.way).toMatchObject({ minutes: 240, from: { id: 1 } });
});

test('the way starts where the last visit ends, and overlaps are negative', () => {
  const stops = planDay(
    [visit(1, '09:00', '12:00'), visit(2, '10:00', '11:00'), visit(3, '12:30', '13:00')],
    SARAH,
    EARLY,
  );
  expect(stops.map(({ way }) => way?.minutes)).toEqual([undefined, -120, 30]);
  expect(stops[2]?.way?.from.id).toBe(1);
});

test('two visits of one house need no way', () => {
  const { address } = visit(1, '09:00', '10:00');
  const stops = planDay([visit(1, '09:00', '10:00'), visit(2, '10:00', '11:00', { address })], SARAH, EARLY);
  expect(stops[1]?.way).toMatchObject({ minutes: 0, samePlace: true });
});

test('what goes on and what is next is marked, done or cancelled visits never', () => {
  const day = [
    visit(1, '08:00', '09:30', { status: 'completed' }),
    visit(2, '09:00', '10:00'),
    visit(3, '11:00', '12:00', { status: 'cancelled' }),
    visit(4, '13:00', '14:00'),
    visit(5, '15:00', '16:00'),
  ];
  const phases = planDay(day, SARAH, new Date('2026-12-01T09:00:00Z')).map(({ phase }) => phase);
  expect(phases).toEqual([null, 'now', null, 'next', null]);
});

test('a day is summed up without what the person does not go to', () => {
  const stops = planDay(
    [visit(1, '09:00', '11:00'), visit(2, '10:30', '12:00'), visit(3, '17:00', '19:00', { status: 'cancelled' })],
    SARAH,
    EARLY,
  );
  expect(totalsOf(stops)).toEqual({
    visits: 2,
    from: '2026-12-01T09:00:00+00:00',
    to: '2026-12-01T12:00:00+00:00',
    workMinutes: 210,
  });
  expect(totalsOf([])).toBeNull();
});
