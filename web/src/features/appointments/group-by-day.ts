import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { wallClock } from '../../lib/time.ts';

export interface Day {
  /** `2026-12-01`, in the zone of the day's own appointments. */
  date: string;
  /** Whether the part before was of the same day. */
  continued: boolean;
  appointments: AppointmentJson[];
}

/**
 * Puts neighbours of one day together, in the order given; a day of more than `most` appointments in several parts. The
 * day is that of each visit's own zone.
 */
export function groupByDay(appointments: readonly AppointmentJson[], most: number): Day[] {
  const days: Day[] = [];
  for (const appointment of appointments) {
    const { date } = wallClock(appointment.starts_at, appointment.time_zone);
    const last = days.at(-1);
    const continued = last?.date === date;
    if (continued && last.appointments.length < most) last.appointments.push(appointment);
    else days.push({ date, continued, appointments: [appointment] });
  }
  return days;
}
