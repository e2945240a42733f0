import { DAY, SECOND } from '../../base/time.ts';
import { nthWeekday } from '../../zones/posix-rule.ts';
import type { Transition, Zones } from '../../zones/zones.ts';

/** A change that comes every year: at a time of the clock on the nth (5: last) weekday of a month. */
export interface YearlyOnset {
  /** 1–12. */
  month: number;
  week: 1 | 2 | 3 | 4 | 5;
  /** 0: Sunday. */
  weekday: number;
  /** Ms after midnight, on the clock before the change. */
  timeMs: number;
  /** Seconds east of UTC. */
  offsetBefore: number;
  offsetAfter: number;
  abbreviation: string;
}

/**
 * Years in which nothing but the standing law is listed, in every source. In 28 years each date meets each weekday, so
 * that "4th Sunday" and "last Sunday" can't be mistaken for each other.
 */
const FIRST_YEAR = 2060;
const YEARS = 28;

/** The two changes of a zone's standing law, in order of the year; `null`: none, or not of that simple form. */
export function yearlyRule(zones: Zones, zone: string): [YearlyOnset, YearlyOnset] | null {
  const changes = zones.transitions(zone, newYear(FIRST_YEAR), newYear(FIRST_YEAR + YEARS));
  if (changes.length !== 2 * YEARS) return null;
  const first = commonOnset(changes.filter((_, index) => index % 2 === 0));
  const second = commonOnset(changes.filter((_, index) => index % 2 === 1));
  return first && second && [first, second];
}

/** Whether the rule makes exactly the zone's changes of these years. */
export function explains(
  rule: readonly YearlyOnset[],
  zones: Zones,
  zone: string,
  first: number,
  last: number,
): boolean {
  const changes = zones.transitions(zone, newYear(first), newYear(last + 1));
  const years = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const expected = years.flatMap((year) => rule.map((onset) => describe(onset, onsetIn(onset, year))));
  const actual = changes.map((change) => describe(change, face(change)));
  return expected.join() === actual.join();
}

/** The time of the clock, before the change, at which the onset falls in a year (ms as of `parseWall`). */
export function onsetIn(onset: YearlyOnset, year: number): number {
  return nthWeekday(year, onset.month, onset.week, onset.weekday) + onset.timeMs;
}

/** The time of the clock before the change (ms as of `parseWall`). */
export function face(change: Transition): number {
  return change.at.getTime() + change.offsetBefore * SECOND;
}

export function newYear(year: number): Date {
  return new Date(Date.UTC(year, 0, 1));
}

function describe(change: { offsetBefore: number; offsetAfter: number }, at: number): string {
  return `${at} ${change.offsetBefore} ${change.offsetAfter}`;
}

function commonOnset(changes: readonly Transition[]): YearlyOnset | null {
  const [sample] = changes;
  if (!sample) return null;
  const { offsetBefore, offsetAfter, abbreviation } = sample;
  const date = new Date(face(sample));
  const month = date.getUTCMonth() + 1;
  const weekday = date.getUTCDay();
  const timeMs = date.getTime() % DAY;
  const candidates = ([1, 2, 3, 4, 5] as const).map((week) => {
    return { month, week, weekday, timeMs, offsetBefore, offsetAfter, abbreviation };
  });
  return candidates.find((onset) => changes.every((change) => fits(onset, change))) ?? null;
}

function fits(onset: YearlyOnset, change: Transition): boolean {
  const at = face(change);
  return describe(onset, onsetIn(onset, new Date(at).getUTCFullYear())) === describe(change, at);
}
