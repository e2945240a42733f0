import { RRuleTemporal } from 'rrule-temporal';
import { DAY, SECOND } from '../base/time.ts';
import type { WallTime } from '../domain/appointment.ts';
import { addToWall, formatWall, parseWall } from '../zones/wall-time.ts';
import type { Zones } from '../zones/zones.ts';
import { invalidRecurrence, type RecurrenceRule } from './recurrence-rule.ts';

/** What zone arithmetic is needed. */
export type ZoneMath = Pick<Zones, 'toInstant' | 'toWall'>;

/** Where a series begins: its first occurrence (DTSTART), always one whether the rule names that day or not. */
export interface SeriesStart {
  wall: WallTime;
  /** IANA. */
  timeZone: string;
}

/** Which part of a series is asked for. */
export interface SeriesWindow {
  /** Only occurrences later than this; `null`: from the first. */
  after: WallTime | null;
  /** Only occurrences up to this, which a rule without an end needs. The first one is given all the same. */
  upTo: WallTime;
  /** One more than this is never made; the caller sees by it that there are too many. */
  most: number;
}

/** No series reaches further from its first occurrence; keeps the search for occurrences that never come short. */
const MOST_YEARS = 30;
/** Periods in that time, with some to spare: where the library gives up. */
const MOST_PERIODS: Readonly<Record<string, number>> = { YEARLY: 40, MONTHLY: 400, WEEKLY: 1600, DAILY: 11_000 };
/** Years that are looked through in one go. */
const STEP = 366 * DAY;

/**
 * The wall times of a series, ascending. The rule is expanded on the clock's face alone (pretending UTC, where no time is
 * missing or repeated), so an occurrence that falls into a DST gap is among them: `placeOccurrence` moves it. Rules that
 * end (COUNT, UNTIL) are expanded to their end whatever `upTo` says. At most `most + 1` are given.
 * @throws BusinessError `invalid_recurrence` when the rule ends before it begins, names no day that exists, or reaches
 *   more than 30 years.
 */
export function occurrenceWalls(
  rule: RecurrenceRule,
  start: SeriesStart,
  window: SeriesWindow,
  zones: ZoneMath,
): WallTime[] {
  const walls =
    rule.end.kind === 'count' ? counted(rule, rule.end.count, start, window) : dated(rule, start, window, zones);
  const { after } = window;
  return after === null ? walls : walls.filter((wall) => wall > after);
}

function counted(rule: RecurrenceRule, count: number, start: SeriesStart, { most }: SeriesWindow): WallTime[] {
  const wanted = Math.min(count, most + 1);
  const walls = [start.wall, ...between(rule, start, { from: start.wall, to: farthest(start), most: wanted - 1 })];
  if (walls.length < wanted) throw invalidRecurrence(`COUNT=${count} is not reached in ${MOST_YEARS} years. Lower it.`);
  return walls;
}

function dated(rule: RecurrenceRule, start: SeriesStart, window: SeriesWindow, zones: ZoneMath): WallTime[] {
  const { end } = rule;
  const to = lastWall(rule, start, window, zones);
  if (end.kind === 'open') assertGoesOn(rule, start);
  else if (to < start.wall) throw invalidRecurrence('UNTIL is before the first appointment.');
  else if (to > farthest(start)) throw invalidRecurrence(`UNTIL is more than ${MOST_YEARS} years ahead.`);
  const from = later(window.after ?? start.wall, start.wall);
  const all = [start.wall, ...between(rule, start, { from, to, most: window.most })];
  if (end.kind !== 'until-instant') return all;
  const inTime = all.filter((wall) => placeOccurrence(zones, start.timeZone, wall).startsAt <= end.at);
  if (inTime.length === 0) throw invalidRecurrence('UNTIL is before the first appointment.');
  return inTime;
}

/** The last wall time to look at; for UNTIL in UTC a day more, since only the instant decides. */
function lastWall(rule: RecurrenceRule, start: SeriesStart, window: SeriesWindow, zones: ZoneMath): WallTime {
  if (rule.end.kind === 'until-wall') return rule.end.wall;
  if (rule.end.kind !== 'until-instant') return window.upTo;
  return addToWall(zones.toWall(start.timeZone, rule.end.at), DAY);
}

function farthest(start: SeriesStart): WallTime {
  return addToWall(start.wall, MOST_YEARS * STEP);
}

function later(a: WallTime, b: WallTime): WallTime {
  return a > b ? a : b;
}

/**
 * Up to `most` occurrences in `from` < t ≤ `to`. Looks year by year, so that a rule with very many occurrences costs no
 * more than those that are wanted.
 */
function between(
  rule: RecurrenceRule,
  start: SeriesStart,
  { from, to, most }: { from: WallTime; to: WallTime; most: number },
): WallTime[] {
  const walls: WallTime[] = [];
  const end = parseWall(to);
  for (let face = parseWall(from) + SECOND; face <= end && walls.length < most; face += STEP) {
    const [lower, upper] = [new Date(face), new Date(Math.min(face + STEP - 1, end))];
    const found = guarded(() => expander(rule, start).between(lower, upper, true));
    walls.push(...found.map((at) => formatWall(at.epochMilliseconds)));
  }
  return walls.slice(0, most);
}

/** A rule such as "30 February" would otherwise be an order that never has a second appointment. */
function assertGoesOn(rule: RecurrenceRule, start: SeriesStart): void {
  if (guarded(() => expander(rule, start).next(new Date(parseWall(start.wall)))) === null) noSuchDay();
}

function expander(rule: RecurrenceRule, start: SeriesStart): RRuleTemporal {
  const dtstart = `${start.wall.replaceAll(/[-:]/g, '')}Z`;
  return new RRuleTemporal({
    rruleString: `DTSTART:${dtstart}\nRRULE:${rule.pattern}`,
    maxIterations: MOST_PERIODS[rule.frequency] ?? 0,
    cache: false,
  });
}

/** The library throws plain errors for rules that it refuses and for those that lead nowhere; the text was checked before. */
function guarded<T>(expand: () => T): T {
  try {
    return expand();
  } catch (error) {
    return noSuchDay(error);
  }
}

function noSuchDay(cause?: unknown): never {
  const refusal = invalidRecurrence('It names no further day that exists. Check its BY… parts.');
  if (cause !== undefined) refusal.cause = cause;
  throw refusal;
}

/** Where one occurrence really happens. */
export interface PlacedOccurrence {
  startsWall: WallTime;
  startsAt: Date;
  /** The wall time falls into a DST gap and was moved forward by the gap's length. */
  moved: boolean;
}

/** The instant of an occurrence. Of a wall time that happens twice the first counts (RFC 5545 §3.3.5). */
export function placeOccurrence(zones: ZoneMath, timeZone: string, wall: WallTime): PlacedOccurrence {
  const resolved = zones.toInstant(timeZone, wall);
  if (resolved.kind === 'none') return { startsWall: resolved.after, startsAt: resolved.shifted, moved: true };
  const startsAt = resolved.kind === 'one' ? resolved.instant : resolved.earlier;
  return { startsWall: wall, startsAt, moved: false };
}

/**
 * Where a wall time lies that was at `known` before, perhaps with older zone data: of one that happens twice the one that
 * is nearer to it.
 */
export function placeAgain(
  zones: ZoneMath,
  timeZone: string,
  wall: WallTime,
  known: Date,
): Pick<PlacedOccurrence, 'startsWall' | 'startsAt'> {
  const resolved = zones.toInstant(timeZone, wall);
  if (resolved.kind !== 'twice') return placeOccurrence(zones, timeZone, wall);
  const distance = (instant: Date): number => Math.abs(instant.getTime() - known.getTime());
  const isSecond = distance(resolved.later) < distance(resolved.earlier);
  return { startsWall: wall, startsAt: isSecond ? resolved.later : resolved.earlier };
}
