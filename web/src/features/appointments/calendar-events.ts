import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { appointmentStatus } from '../../components/appointment-words.ts';
import { t } from '../../lib/t.ts';
import { timesThere, viewerZone, wallClock } from '../../lib/time.ts';

/** What FullCalendar needs of one appointment. Times are wall times of the reader's clock. */
export interface CalendarEntry {
  id: string;
  title: string;
  start: string;
  end: string;
  url: string;
  color: string;
  contrastColor: string;
  className: string;
}

export function calendarEvents(
  appointments: readonly AppointmentJson[],
  readerZone: string = viewerZone(),
): CalendarEntry[] {
  return appointments.map((appointment) => ({
    id: String(appointment.id),
    title: title(appointment, readerZone),
    start: wall(appointment.starts_at, readerZone),
    end: wall(appointment.ends_at, readerZone),
    url: `/appointments/${appointment.id}`,
    color: `var(--${appointmentStatus(appointment).tone}-ground)`,
    contrastColor: `var(--${appointmentStatus(appointment).tone}-ink)`,
    className: appointment.status === 'cancelled' ? 'visit-cancelled' : 'visit',
  }));
}

/** A state other than the usual one is said in words, because colours alone say nothing to some readers. */
function title(appointment: AppointmentJson, readerZone: string): string {
  const who = appointment.role === 'customer' ? null : (appointment.customer?.name ?? null);
  const what = [appointment.service.name, who].filter((part) => part !== null).join(' – ');
  const there = timesThere(appointment.starts_at, appointment.ends_at, appointment.time_zone, readerZone);
  const words = there === null ? what : t('time.withThere', { times: what, there });
  if (appointment.status === 'scheduled') return words;
  return t('appointments.calendar.state', { state: appointmentStatus(appointment).word, what: words });
}

function wall(instant: string, zone: string): string {
  const { date, time } = wallClock(instant, zone);
  return `${date}T${time}`;
}

/** The hours of the day and week views: the working day, wider when a visit needs it. */
export function shownHours(entries: readonly Pick<CalendarEntry, 'start' | 'end'>[]): {
  slotMinTime: string;
  slotMaxTime: string;
} {
  let first = FIRST_HOUR;
  let last = LAST_HOUR;
  for (const { start, end } of entries) {
    const overnight = start.slice(0, 10) !== end.slice(0, 10);
    first = overnight ? 0 : Math.min(first, hourOf(start));
    last = overnight ? 24 : Math.max(last, end.endsWith(':00') ? hourOf(end) : hourOf(end) + 1);
  }
  return { slotMinTime: clock(first), slotMaxTime: clock(last) };
}

const FIRST_HOUR = 7;
const LAST_HOUR = 20;

function hourOf(wallTime: string): number {
  return Number(wallTime.slice(11, 13));
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00:00`;
}
