import type { AbsenceJson, AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { t } from '../../lib/t.ts';
import { formatShortDay } from '../../lib/time.ts';
import { noonOf } from '../../lib/week.ts';
import type { Span } from './clashes.ts';

/** Whether the person has said that they can't come. */
export function isAbsent({ staff }: AppointmentJson, userId: number): boolean {
  return staff.some(({ id, absence }) => id === userId && absence !== undefined);
}

/** What the person has said of days that have to do with `span`. */
export function absenceDuring(span: Span, personId: number, absences: readonly AbsenceJson[]): AbsenceJson | undefined {
  const [start, end] = [Date.parse(span.starts_at), Date.parse(span.ends_at)];
  return absences.find(
    (one) => one.user_id === personId && Date.parse(one.starts_at) < end && Date.parse(one.ends_at) > start,
  );
}

/** `can’t come from Mon 30 Nov to Wed 2 Dec: Fever`; days are those of the person's own zone. */
export function absentDaysWords({ from, until, note }: Pick<AbsenceJson, 'from' | 'until' | 'note'>): string {
  const day = (date: string): string => formatShortDay(noonOf(date), 'UTC');
  const words =
    from === until
      ? t('appointments.absence.onDay', { day: day(from) })
      : t('appointments.absence.onDays', { from: day(from), until: day(until) });
  return note ? t('appointments.absence.because', { words, note }) : words;
}
