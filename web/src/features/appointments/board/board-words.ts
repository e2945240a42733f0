import type { AppointmentJson } from '../../../../../src/api-contract/appointments.ts';
import { foreignZone, formatShortDay, formatTimes } from '../../../lib/time.ts';
import { addDays, noonOf, type IsoDate } from '../../../lib/week.ts';

/** `09:00 – 11:00`, with the zone when it is not the reader's. */
export function timesWords({ starts_at: start, ends_at: end, time_zone: zone }: AppointmentJson): string {
  const foreign = foreignZone(zone);
  return `${formatTimes(start, end, zone)}${foreign === null ? '' : ` (${foreign})`}`;
}

/** `Deep clean – Jane Doe`. */
export function visitName({ service, customer }: AppointmentJson): string {
  return customer === undefined ? service.name : `${service.name} – ${customer.name}`;
}

/** `Overlaps with Windows – Omar Haddad, 10:00 – 12:00`; `null` when nothing does. */
export function clashWords(clashes: readonly AppointmentJson[]): string | null {
  const [first, ...more] = clashes;
  if (first === undefined) return null;
  const rest = more.length === 0 ? '' : ` and ${more.length} more`;
  return `Overlaps with ${visitName(first)}, ${timesWords(first)}${rest}`;
}

/** `Can’t come: Fever`; `null` when they can. */
export function absenceWords(absence: AppointmentJson['staff'][number]['absence']): string | null {
  if (absence === undefined) return null;
  return absence.note ? `Can’t come: ${absence.note}` : 'Can’t come';
}

/** `Mon 30 Nov`. */
export function dateWords(date: IsoDate): string {
  return formatShortDay(noonOf(date), 'UTC');
}

/** `Mon 30 Nov – Sun 6 Dec 2026`. */
export function weekWords(monday: IsoDate): string {
  const sunday = addDays(monday, 6);
  return `${dateWords(monday)} – ${dateWords(sunday)} ${sunday.slice(0, 4)}`;
}

/** What a screen reader hears while a visit is carried. */
export function carryWords(name: string, person: string, date: IsoDate): string {
  return `${name} over ${person}, ${dateWords(date)}. Enter drops it there, Escape puts it back.`;
}
