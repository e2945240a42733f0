import type { AppointmentJson } from '../../../../../src/api-contract/appointments.ts';
import { wallClock } from '../../../lib/time.ts';

/** What is asked for in the dialog. Times are wall times of the visit's own place. */
export interface MoveWish {
  date: string;
  time: string;
  /** Id as text; empty for nobody. */
  person: string;
}

/** The wall time to send; `null` when the visit stays where it is. */
export function newStart(appointment: AppointmentJson, { date, time }: MoveWish): string | null {
  const now = wallClock(appointment.starts_at, appointment.time_zone);
  return now.date === date && now.time === time ? null : `${date}T${time}:00`;
}

/**
 * The whole new team when the visit goes from one row to another; `null` when it stays. The place in the team is kept, so
 * that who takes over the lead's visit leads. The others stay.
 */
export function newTeam(appointment: AppointmentJson, from: number | null, person: string): number[] | null {
  const to = person === '' ? null : Number(person);
  if (to === from) return null;
  const team = appointment.staff.map(({ id }) => id);
  // Somebody else may have taken them out of the team meanwhile.
  if (from === null || !team.includes(from)) return to === null || team.includes(to) ? null : [...team, to];
  const changed = team.flatMap((id) => (id !== from ? [id] : to === null ? [] : [to]));
  return [...new Set(changed)];
}
