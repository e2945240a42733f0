import { DAY, MINUTE } from '../base/time.ts';
import type { WallTime } from '../domain/appointment.ts';
import { BusinessError } from '../domain/errors.ts';
import type { ItemPlan, NewOccurrence } from '../store/occurrences.ts';
import type { BookingWarning } from './booking-warning.ts';
import { parseRecurrence } from './recurrence-rule.ts';
import { occurrenceWalls, placeAgain, placeOccurrence, type ZoneMath } from './recurrence.ts';

/** How far ahead rules without an end become appointments: 26 weeks. */
const AHEAD_MS = 26 * 7 * DAY;

/** What one order may become at once; two years of daily visits have room. */
export const MOST_OCCURRENCES = 1000;

/** Stands for "everything": an order whose rule ends is turned into appointments as a whole. */
const ALL_OF_IT: WallTime = '9999-12-31T23:59:59';

export interface SeriesPlan {
  /** IANA. */
  timeZone: string;
  rrule: string | null;
  items: readonly ItemPlan[];
  /** What was made before, as `until` of an earlier plan said. */
  after: WallTime | null;
}

export interface PlannedOccurrences {
  occurrences: NewOccurrence[];
  /** How far this goes; to be kept as the order's `materialised_until`. */
  until: WallTime;
}

/** The wall time up to which rules without an end are to be turned into appointments now. */
export function horizonWall(zones: ZoneMath, timeZone: string, now: Date): WallTime {
  return zones.toWall(timeZone, new Date(now.getTime() + AHEAD_MS));
}

/**
 * The appointments that an order's items become: each once, or as often as the rule says. Pure.
 * @throws BusinessError `invalid_recurrence`; `too_many_occurrences` when the first plan of an order has more than 1,000
 */
export function planOccurrences(zones: ZoneMath, plan: SeriesPlan, now: Date): PlannedOccurrences {
  if (plan.rrule === null) {
    return { occurrences: plan.items.map((item) => firstOf(item, zones, plan.timeZone)), until: ALL_OF_IT };
  }
  const rule = parseRecurrence(plan.rrule);
  const upTo = horizonWall(zones, plan.timeZone, now);
  // What is added later is a day's worth, or what a long stop left undone: never cut short.
  const window = { after: plan.after, upTo, most: plan.after === null ? MOST_OCCURRENCES : Infinity };
  const occurrences = plan.items.flatMap((item) =>
    occurrenceWalls(rule, { wall: item.startsWall, timeZone: plan.timeZone }, window, zones).map((wall) =>
      occurrence(item, wall, zones, plan.timeZone),
    ),
  );
  if (plan.after === null && occurrences.length > MOST_OCCURRENCES) throw tooMany();
  return { occurrences, until: rule.end.kind === 'open' ? upTo : ALL_OF_IT };
}

function tooMany(): BusinessError {
  const message = `Together the items happen more than ${MOST_OCCURRENCES} times. Lower COUNT, bring UNTIL nearer, or make several orders.`;
  return new BusinessError('invalid', 'too_many_occurrences', message, {
    fields: [{ field: 'recurrence.rrule', message }],
  });
}

function occurrence(item: ItemPlan, wall: WallTime, zones: ZoneMath, timeZone: string): NewOccurrence {
  if (wall === item.startsWall) return firstOf(item, zones, timeZone);
  return spanning(item, wall, placeOccurrence(zones, timeZone, wall), zones, timeZone);
}

/**
 * The instant that was asked for tells the two wall times of a night apart in which clocks go back. It is no more than a
 * hint: the zone data may be newer than the order.
 */
function firstOf(item: ItemPlan, zones: ZoneMath, timeZone: string): NewOccurrence {
  return spanning(item, item.startsWall, placeAgain(zones, timeZone, item.startsWall, item.startsAt), zones, timeZone);
}

function spanning(
  item: ItemPlan,
  occurrenceWall: WallTime,
  { startsWall, startsAt }: { startsWall: WallTime; startsAt: Date },
  zones: ZoneMath,
  timeZone: string,
): NewOccurrence {
  const endsAt = new Date(startsAt.getTime() + item.durationMinutes * MINUTE);
  return { itemId: item.id, occurrenceWall, startsWall, startsAt, endsAt, endsWall: zones.toWall(timeZone, endsAt) };
}

/** Tells of an occurrence that its rule put into a DST gap; `null` for any other. */
export function gapWarning(
  zones: ZoneMath,
  timeZone: string,
  {
    occurrenceWall,
    startsWall,
    appointmentId,
  }: { occurrenceWall: WallTime; startsWall: WallTime; appointmentId?: number },
): BookingWarning | null {
  if (occurrenceWall === startsWall) return null;
  const placed = placeOccurrence(zones, timeZone, occurrenceWall);
  if (!placed.moved || placed.startsWall !== startsWall) return null;
  const [day, time = ''] = occurrenceWall.split('T');
  return {
    code: 'moved_out_of_gap',
    message: `${time.slice(0, 5)} on ${day} does not exist in ${timeZone}: clocks go forward. The appointment is at ${placed.startsWall.slice(11, 16)}.`,
    ...(appointmentId !== undefined && { appointmentId }),
  };
}
