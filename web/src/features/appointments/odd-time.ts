import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { instantOf, wallClock, type WallClock } from '../../lib/time.ts';

/** What is odd about the time that a visit is moved to: it may be a slip. */
export type OddTime = 'past' | 'night';

/** Nobody cleans from then on, and before; houses are to be quiet from 22 to 6 in most places. */
const NIGHT_BEGINS = '22:00';
const NIGHT_ENDS = '06:00';

/** `null`: nothing, or the visit stays at the time that it has. */
export function oddTime(
  appointment: Pick<AppointmentJson, 'starts_at' | 'time_zone'>,
  wanted: WallClock,
  now: Date,
): OddTime | null {
  const present = wallClock(appointment.starts_at, appointment.time_zone);
  const start = instantOf(wanted, appointment.time_zone);
  if (start === null || (present.date === wanted.date && present.time === wanted.time)) return null;
  if (start < now) return 'past';
  return wanted.time >= NIGHT_BEGINS || wanted.time < NIGHT_ENDS ? 'night' : null;
}
