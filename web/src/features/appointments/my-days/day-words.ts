import type { AppointmentJson } from '../../../../../src/api-contract/appointments.ts';
import { t } from '../../../lib/t.ts';
import { formatDuration, formatShortDay, formatTimes, foreignZone, wallClock } from '../../../lib/time.ts';
import type { IsoDate } from '../../../lib/week.ts';
import type { DayTotals, Way } from './day-plan.ts';

/** `09:00 – 11:00` by the reader's clock; the day is named where it is not the one that is looked at. */
export function clockWords({ starts_at: start, ends_at: end }: AppointmentJson, date: IsoDate, zone: string): string {
  const times = formatTimes(start, end, zone);
  if (wallClock(start, zone).date === date) return times;
  return t('myDays.shortDayAndTimes', { day: formatShortDay(start, zone), times });
}

/**
 * `10:00 – 12:00 there (Paris time)`: what clocks show where the visit is; `null` where they show the same as the reader's.
 */
export function placeClockWords(
  { starts_at: start, ends_at: end, time_zone: there }: AppointmentJson,
  zone: string,
): string | null {
  const foreign = foreignZone(there, zone);
  const same = isSame(start, there, zone) && isSame(end, there, zone);
  if (foreign === null || same) return null;
  return t('myDays.there', { times: formatTimes(start, end, there), zone: foreign });
}

/** `3 visits, 09:00 – 16:30, 6 h of work`. */
export function totalsWords({ visits, from, to, workMinutes }: DayTotals, zone: string): string {
  return t('myDays.totals', { visits, times: formatTimes(from, to, zone), work: formatDuration(workMinutes) });
}

/** What lies between two visits. */
export function wayWords({ minutes, samePlace }: Way): string {
  if (minutes < 0) return t('myDays.overlaps', { duration: formatDuration(-minutes) });
  if (minutes === 0) return samePlace ? t('myDays.straightOnThere') : t('myDays.straightOn');
  return t(samePlace ? 'myDays.betweenThere' : 'myDays.between', { duration: formatDuration(minutes) });
}

/** Who else comes: `Tom King, Lena Novak (can’t come)`, or that nobody does. */
export function mateWords({ staff }: AppointmentJson, userId: number): string {
  const mates = staff
    .filter(({ id }) => id !== userId)
    .map(({ name, absence }) => (absence === undefined ? name : t('myDays.mate', { name })));
  return mates.length === 0 ? t('myDays.onlyYou') : mates.join(', ');
}

function isSame(instant: string, zone: string, other: string): boolean {
  const [a, b] = [wallClock(instant, zone), wallClock(instant, other)];
  return a.date === b.date && a.time === b.time;
}
