import type { AppointmentJson } from '../../../../../src/api-contract/appointments.ts';
import { t } from '../../../lib/t.ts';
import { formatShortDay } from '../../../lib/time.ts';
import { addDays, noonOf, type IsoDate } from '../../../lib/week.ts';
import { timesWords } from '../when-words.ts';

/** `Deep clean – Jane Doe`. */
export function visitName({ service, customer }: AppointmentJson): string {
  return customer === undefined ? service.name : `${service.name} – ${customer.name}`;
}

/** `Overlaps with Windows – Omar Haddad, 10:00 – 12:00`; `null` when nothing does. */
export function clashWords(clashes: readonly AppointmentJson[]): string | null {
  const [first, ...more] = clashes;
  if (first === undefined) return null;
  return t('board.overlaps', { visit: visitName(first), times: timesWords(first), more: more.length });
}

/** `Can’t come: Fever`; `null` when they can. */
export function absenceWords(absence: { note?: string | null | undefined } | undefined): string | null {
  if (absence === undefined) return null;
  return absence.note ? t('board.cannotComeBecause', { note: absence.note }) : t('board.cannotCome');
}

/** `Mon 30 Nov`. */
export function dateWords(date: IsoDate): string {
  return formatShortDay(noonOf(date), 'UTC');
}

/** `Mon 30 Nov – Sun 6 Dec 2026`. */
export function weekWords(monday: IsoDate): string {
  const sunday = addDays(monday, 6);
  return t('board.week', { from: dateWords(monday), to: dateWords(sunday), year: sunday.slice(0, 4) });
}

/** What a screen reader hears while a visit is carried. */
export function carryWords(name: string, person: string, date: IsoDate): string {
  return t('board.carried', { visit: name, person, day: dateWords(date) });
}
