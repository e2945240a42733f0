import { dayAfter, type DaySpan } from '../domain/absent-days.ts';
import { readEdge } from './read-time.ts';
import type { ZoneMath } from './recurrence.ts';

/** Days as a span of time in the zone in which they are meant. */
export function spanOfDays(
  zones: ZoneMath,
  timeZone: string,
  { firstDay, lastDay }: DaySpan,
): { from: Date; to: Date } {
  return {
    from: readEdge(zones, timeZone, `${firstDay}T00:00:00`, 'from'),
    to: readEdge(zones, timeZone, `${dayAfter(lastDay)}T00:00:00`, 'until'),
  };
}

/** The days that a span of time touches, in a zone. Its end does not belong to it. */
export function daysOfSpan(zones: ZoneMath, timeZone: string, span: { startsAt: Date; endsAt: Date }): DaySpan {
  const dayOf = (at: Date): string => zones.toWall(timeZone, at).slice(0, 10);
  return { firstDay: dayOf(span.startsAt), lastDay: dayOf(new Date(span.endsAt.getTime() - 1)) };
}
