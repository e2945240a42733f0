import { formatWall } from '../../zones/wall-time.ts';
import type { Zones } from '../../zones/zones.ts';
import { localTime, utcOffset } from './times.ts';
import { contentLine } from './line-writer.ts';
import { explains, face, newYear, onsetIn, yearlyRule, type YearlyOnset } from './yearly-rule.ts';

/** Calendar years, both included. */
export interface YearWindow {
  first: number;
  last: number;
}

/** One `STANDARD` or `DAYLIGHT` part. */
interface Observance {
  offsetBefore: number;
  offsetAfter: number;
  abbreviation: string;
  /** Ms as of `parseWall`, on the clock before the change. */
  onset: number;
  rule: YearlyOnset | null;
}

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** Where definitions begin: readers take no offset for granted before the first onset. */
const BEGINNING = 1970;

const caches = new WeakMap<Zones, Map<string, string>>();

/**
 * The `VTIMEZONE` that holds in these years. Where the law is steady it has the form that every reader knows, two yearly
 * rules since 1970; where it changes within the years, or its days can't be said by one weekday of a month, each change
 * stands by itself. @throws UnknownZone
 */
export function vtimezone(zones: Zones, zone: string, window: YearWindow): string {
  const cache = caches.get(zones) ?? new Map<string, string>();
  caches.set(zones, cache);
  const key = `${zone} ${window.first} ${window.last}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = render(zone, observancesIn(zones, zone, window));
  cache.set(key, made);
  return made;
}

function observancesIn(zones: Zones, zone: string, { first, last }: YearWindow): Observance[] {
  const rule = yearlyRule(zones, zone);
  if (rule && explains(rule, zones, zone, first, last)) {
    return rule.map((onset) => ({ ...onset, onset: onsetIn(onset, BEGINNING), rule: onset }));
  }
  const changes = zones.transitions(zone, newYear(first), newYear(last + 1));
  const offset = zones.offsetSecondsAt(zone, newYear(first));
  const abbreviation = zones.abbreviationAt(zone, newYear(first));
  const beginning = { offsetBefore: offset, offsetAfter: offset, abbreviation, onset: newYear(BEGINNING).getTime() };
  return [beginning, ...changes.map((change) => ({ ...change, onset: face(change) }))].map((observance) => ({
    ...observance,
    rule: null,
  }));
}

function render(zone: string, observances: readonly Observance[]): string {
  const lines = observances.flatMap((observance, index) => observanceLines(observance, observances[index + 1]));
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...lines, 'END:VTIMEZONE'].map(contentLine).join('');
}

function observanceLines(observance: Observance, next: Observance | undefined): string[] {
  const { offsetBefore, offsetAfter, abbreviation, onset, rule } = observance;
  const kind = isDaylight(observance, next) ? 'DAYLIGHT' : 'STANDARD';
  return [
    `BEGIN:${kind}`,
    `TZNAME:${abbreviation}`,
    `TZOFFSETFROM:${utcOffset(offsetBefore)}`,
    `TZOFFSETTO:${utcOffset(offsetAfter)}`,
    `DTSTART:${localTime(formatWall(onset))}`,
    ...(rule ? [`RRULE:FREQ=YEARLY;BYMONTH=${rule.month};BYDAY=${byDay(rule)}`] : []),
    `END:${kind}`,
  ];
}

/** The larger offset is summer time, whatever the law calls it (in Ireland winter time is the exception). */
function isDaylight(observance: Observance, next: Observance | undefined): boolean {
  if (observance.offsetBefore !== observance.offsetAfter) return observance.offsetAfter > observance.offsetBefore;
  return next !== undefined && next.offsetAfter < next.offsetBefore;
}

/** `-1SU`, `2SU`. */
function byDay(rule: YearlyOnset): string {
  return `${rule.week === 5 ? -1 : rule.week}${WEEKDAYS[rule.weekday]}`;
}
