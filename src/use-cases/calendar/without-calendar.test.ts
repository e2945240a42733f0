import { expect, test } from 'vitest';
import type { AppointmentStatus } from '../../domain/appointment.ts';
import type { ConcernedPerson } from '../../store/ledger.ts';
import { withoutCalendar } from './without-calendar.ts';

const CIRCUMSTANCES = { now: new Date('2026-11-20T09:00:00Z'), syncHorizonDays: 365, overviewHorizonDays: 60 };
const SARAH: ConcernedPerson = {
  userId: 12,
  userName: 'Sarah Miller',
  userRole: 'staff',
  isActive: true,
  syncEnabled: true,
  isConnected: true,
};
const ADA: ConcernedPerson = { ...SARAH, userId: 1, userName: 'Ada', userRole: 'admin' };

/** What a reason depends on. */
function visit(day: string, status: AppointmentStatus = 'scheduled'): Parameters<typeof withoutCalendar>[0] {
  const times = { startsAt: new Date(`${day}T09:00:00Z`), endsAt: new Date(`${day}T11:00:00Z`) };
  const customer = { id: 7, name: 'Jane Doe', phone: null, email: 'jane@example.com' };
  return { status, ...times, customer, team: [{ id: 12, name: 'Sarah Miller', managerId: 3 }] };
}

test.each<[string, ConcernedPerson, ReturnType<typeof visit>, string, string | null]>([
  [
    'nothing is connected',
    { ...SARAH, isConnected: false, syncEnabled: false },
    visit('2026-12-01'),
    'no_calendar',
    null,
  ],
  ['sync is off', { ...SARAH, syncEnabled: false }, visit('2026-12-01'), 'sync_off', null],
  ['they have left', { ...SARAH, isActive: false, isConnected: false }, visit('2026-12-01'), 'account_closed', null],
  ['it is cancelled', { ...SARAH, isConnected: false }, visit('2026-12-01', 'cancelled'), 'cancelled', null],
  ['it was over', SARAH, visit('2026-11-18'), 'over', null],
  ['it is about to come', SARAH, visit('2026-12-01'), 'being_filled', null],
  ['it has just ended', SARAH, visit('2026-11-19'), 'being_filled', null],
  ['it is far ahead', SARAH, visit('2027-12-01'), 'beyond_horizon', '2026-12-01T09:00:00.000Z'],
  ['who oversees looks less far ahead', ADA, visit('2027-02-01'), 'beyond_horizon', '2026-12-03T09:00:00.000Z'],
])('%s', (_, person, appointment, reason, expectedAt) => {
  const found = withoutCalendar(appointment, person, CIRCUMSTANCES);
  expect(found).toMatchObject({ userId: person.userId, role: person.userRole, reason });
  expect(found?.expectedAt?.toISOString() ?? null).toBe(expectedAt);
});

test('who is not concerned has no reason', () => {
  expect(withoutCalendar(visit('2026-12-01'), { ...SARAH, userId: 99 }, CIRCUMSTANCES)).toBeNull();
});
