import type { Appointment } from './appointment.ts';

/** What a person knows of an appointment that concerns them, as far as they have to be told when it changes. */
export type KnownAppointment = Pick<
  Appointment,
  'status' | 'startsWall' | 'endsWall' | 'timeZone' | 'startsAt' | 'endsAt' | 'arrivalWindowMinutes'
>;

/** What there is to tell. `gone`: it takes place, but no longer concerns them. */
export type AppointmentNews = 'confirmed' | 'moved' | 'cancelled' | 'gone';

/**
 * What became of an appointment for one person between two moments; `null`: it did not concern them then (or does not now).
 * @returns `null` when there is nothing to tell: the same as before, or of no use any more because it is over
 */
export function newsBetween(
  was: KnownAppointment | null,
  is: KnownAppointment | null,
  now: Date,
): AppointmentNews | null {
  if ([was, is].every((known) => known === null || known.endsAt <= now)) return null;
  const knew = was?.status === 'scheduled';
  if (is === null) return knew ? 'gone' : null;
  if (is.status === 'cancelled') return knew ? 'cancelled' : null;
  if (is.status !== 'scheduled') return null;
  if (!knew) return 'confirmed';
  return isSameTime(was, is) ? null : 'moved';
}

function isSameTime(one: KnownAppointment, other: KnownAppointment): boolean {
  return (
    one.startsAt.getTime() === other.startsAt.getTime() &&
    one.endsAt.getTime() === other.endsAt.getTime() &&
    one.arrivalWindowMinutes === other.arrivalWindowMinutes
  );
}
