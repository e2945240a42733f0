import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { wallClock } from '../../lib/time.ts';

export interface Day {
  /** `2026-12-01`, by the reader's clock. */
  date: string;
  /** Whether the part before was of the same day. */
  continued: boolean;
  appointments: AppointmentJson[];
}

/**
 * Puts neighbours of one day together, in the order given; a day of more than `most` appointments in several parts. The
 * day is that of the reader's `zone`.
 */
export function groupByDay(appointments: readonly AppointmentJson[], most: number, zone: string): Day[] {
  const days: Day[] = [];
  for (const appointment of appointments) {
    const { date } = wallClock(appointment.starts_at, zone);
    const last = days.at(-1);
    const continued = last?.date === date;
    if (continued && last.appointments.length < most) last.appointments.push(appointment);
    else days.push({ date, continued, appointments: [appointment] });
  }
  return days;
}
