import { DAY } from '../../base/time.ts';
import type { Appointment, Role } from '../../domain/appointment.ts';
import { partOf, type Concerned } from '../../domain/audience.ts';
import { horizonDaysOf, type Horizons } from '../../domain/horizon.ts';
import type { ConcernedPerson } from '../../store/ledger.ts';

export type NoEventReason =
  | 'no_calendar'
  | 'sync_off'
  | 'account_closed'
  | 'cancelled'
  | 'over'
  | 'beyond_horizon'
  | 'being_filled';

/** Somebody concerned in whose calendars the appointment is not. */
export interface WithoutCalendar {
  userId: number;
  userName: string;
  role: Role;
  reason: NoEventReason;
  /** With `beyond_horizon`: from when on calendars are filled so far; it comes within a day. */
  expectedAt: Date | null;
}

/** What it depends on. */
type Visit = Concerned & Pick<Appointment, 'status' | 'startsAt' | 'endsAt'>;

interface Circumstances extends Horizons {
  now: Date;
}

/** Why somebody who has no event of an appointment has none; `null`: it does not concern them. */
export function withoutCalendar(
  appointment: Visit,
  person: ConcernedPerson,
  circumstances: Circumstances,
): WithoutCalendar | null {
  const { userId, userName, userRole } = person;
  const role = partOf(appointment, { id: userId, role: userRole });
  if (role === null) return null;
  return { userId, userName, role, ...reasonFor(appointment, person, circumstances) };
}

/** What has to be mended first comes first. The times are those of `store/mark-links.ts`. */
function reasonFor(
  { status, startsAt, endsAt }: Visit,
  person: ConcernedPerson,
  { now, ...horizons }: Circumstances,
): Pick<WithoutCalendar, 'reason' | 'expectedAt'> {
  const because = (reason: NoEventReason): ReturnType<typeof reasonFor> => ({ reason, expectedAt: null });
  if (status === 'cancelled') return because('cancelled');
  if (!person.isActive) return because('account_closed');
  if (!person.isConnected) return because('no_calendar');
  if (!person.syncEnabled) return because('sync_off');
  if (endsAt.getTime() < now.getTime() - DAY) return because('over');
  const expectedAt = new Date(startsAt.getTime() - horizonDaysOf(person.userRole, horizons) * DAY);
  return expectedAt > now ? { reason: 'beyond_horizon', expectedAt } : because('being_filled');
}
