import type { AppointmentJson } from '../../../../../src/api-contract/appointments.ts';
import { formatDuration, formatShortDay, formatTimes, foreignZone, wallClock } from '../../../lib/time.ts';
import type { IsoDate } from '../../../lib/week.ts';
import type { DayTotals, Way } from './day-plan.ts';

/** `09:00 – 11:00` by the reader's clock; the day is named where it is not the one that is looked at. */
export function clockWords({ starts_at: start, ends_at: end }: AppointmentJson, date: IsoDate, zone: string): string {
  const times = formatTimes(start, end, zone);
  return wallClock(start, zone).date === date ? times : `${formatShortDay(start, zone)}, ${times}`;
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
  return foreign === null || same ? null : `${formatTimes(start, end, there)} there (${foreign})`;
}

/** `3 visits, 09:00 – 16:30, 6 h of work`. */
export function totalsWords({ visits, from, to, workMinutes }: DayTotals, zone: string): string {
  const count = `${visits} ${visits === 1 ? 'visit' : 'visits'}`;
  return `${count}, ${formatTimes(from, to, zone)}, ${formatDuration(workMinutes)} of work`;
}

/** What lies between two visits. */
export function wayWords({ minutes, samePlace }: Way): string {
  if (minutes < 0) return `Overlaps by ${formatDuration(-minutes)} with the visit before`;
  const where = samePlace ? ', at the same place' : '';
  return minutes === 0 ? `Straight on${where}` : `${formatDuration(minutes)} in between${where}`;
}

/** Who else comes: `With Tom King and Lena Novak (can’t come)`, or that nobody does. */
export function mateWords({ staff }: AppointmentJson, userId: number): string {
  const mates = staff
    .filter(({ id }) => id !== userId)
    .map(({ name, absence }) => (absence === undefined ? name : `${name} (can’t come)`));
  return mates.length === 0 ? 'Only you' : mates.join(', ');
}

function isSame(instant: string, zone: string, other: string): boolean {
  const [a, b] = [wallClock(instant, zone), wallClock(instant, other)];
  return a.date === b.date && a.time === b.time;
}

/** What follows when somebody has called in sick. */
export function sickWords(visits: number): string {
  if (visits === 0) return 'You have no visits in these days, so nobody has to be found.';
  return visits === 1
    ? 'The office knows that you can’t come to your visit.'
    : `The office knows that you can’t come to your ${visits} visits.`;
}
