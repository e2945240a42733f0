import type { AppointmentJson } from '../../../../../src/api-contract/appointments.ts';
import { t } from '../../../lib/t.ts';
import { isAbsent } from '../absence.ts';
import { calendarEvents, type CalendarEntry } from '../calendar-events.ts';
import { placeClockWords } from './day-words.ts';

/** A cleaner's own visits, laid on their own clock. What else has to be known is said in words. */
export function weekEntries(appointments: readonly AppointmentJson[], userId: number, zone: string): CalendarEntry[] {
  const own = appointments.filter(({ role }) => role === 'staff');
  const entries = calendarEvents(
    own.map((appointment) => ({ ...appointment, time_zone: zone })),
    zone,
  );
  return entries.map((entry, at) => {
    const appointment = own[at];
    return appointment === undefined ? entry : { ...entry, title: title(entry.title, appointment, userId, zone) };
  });
}

function title(words: string, appointment: AppointmentJson, userId: number, zone: string): string {
  const absent = appointment.status === 'scheduled' && isAbsent(appointment, userId);
  const there = placeClockWords(appointment, zone);
  const what = absent ? t('myDays.entryAbsent', { what: words }) : words;
  return there === null ? what : t('myDays.entryThere', { what, there });
}
