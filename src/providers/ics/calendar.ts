import type { Zones } from '../../zones/zones.ts';
import { writeEvent, writtenZone, type CalendarEvent } from './event.ts';
import { LineWriter } from './line-writer.ts';
import { vtimezone, type YearWindow } from './vtimezone.ts';
import { oneLine } from './writer.ts';

/** What differs between the kinds of calendar text. */
interface CalendarProfile {
  /** A file or feed is published; an object on a CalDAV server must not say any method (RFC 4791 §4.1). */
  method: 'PUBLISH' | null;
  /** A named file makes iOS propose a new calendar instead of adding the event to one. */
  named: boolean;
  /** How often a subscriber should ask again (RFC 5545 §3.3.6). */
  refresh: string | null;
}

export const CALENDAR_PROFILES = {
  /** A download or mail attachment. */
  file: { method: 'PUBLISH', named: false, refresh: null },
  /** A subscription. */
  feed: { method: 'PUBLISH', named: true, refresh: 'PT1H' },
  /** One object in a CalDAV collection; all its events must share one UID. */
  caldav: { method: null, named: false, refresh: null },
} as const satisfies Record<string, CalendarProfile>;

export type CalendarProfileName = keyof typeof CALENDAR_PROFILES;

export interface CalendarHeading {
  name: string;
  /** The owner's zone. Its definition stands in an empty calendar, which must have some part (RFC 5545 §3.6). */
  timeZone: string;
}

interface Placed {
  event: CalendarEvent;
  /** As of `writtenZone`. */
  zone: string | null;
}

/**
 * The whole iCalendar text (RFC 5545; UTF-8 without BOM, CRLF). The same data and zone version give the same bytes, in
 * whatever order the events come: nothing is taken from the clock.
 * Wall times are taken as valid (the tables hold no others). @throws InvalidWallTime when one near a change of clocks is none
 */
export function renderCalendar(
  profile: CalendarProfileName,
  heading: CalendarHeading,
  events: readonly CalendarEvent[],
  zones: Zones,
): string {
  const placed = events.map((event) => ({ event, zone: writtenZone(event, zones) })).toSorted(byStart);
  const out = new LineWriter();
  writeHead(out, profile, heading.name);
  out.lines(definitions(placed, heading, zones));
  for (const { event, zone } of placed) writeEvent(out, event, zone);
  out.lines(END);
  return out.bytes().toString();
}

/** The last line of every calendar. */
export const END = 'END:VCALENDAR\r\n';

function byStart(a: Placed, b: Placed): number {
  const difference = a.event.startsAt.getTime() - b.event.startsAt.getTime();
  if (difference !== 0) return difference;
  // Not by locale: the order has to be the same on every machine.
  return a.event.uid < b.event.uid ? -1 : Number(a.event.uid > b.event.uid);
}

/** Everything in front of the zones. */
export function writeHead(out: LineWriter, profile: CalendarProfileName, name: string): void {
  const { method, named, refresh }: CalendarProfile = CALENDAR_PROFILES[profile];
  // Without our version: a release must not change the bytes of every feed.
  out.lines('BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//VALClean//Calendar Sync//EN\r\nCALSCALE:GREGORIAN\r\n');
  if (method !== null) out.lines(`METHOD:${method}\r\n`);
  if (named) {
    out.textLine('NAME', oneLine(name));
    out.textLine('X-WR-CALNAME', oneLine(name));
  }
  if (refresh !== null) out.lines(`REFRESH-INTERVAL;VALUE=DURATION:${refresh}\r\nX-PUBLISHED-TTL:${refresh}\r\n`);
}

/** All zones stand before the events: Outlook alone would find them further down. */
function definitions(placed: readonly Placed[], heading: CalendarHeading, zones: Zones): string {
  const used = new Set(placed.map(({ zone }) => zone).filter((zone) => zone !== null));
  if (placed.length === 0 && zones.has(heading.timeZone)) used.add(zones.canonical(heading.timeZone));
  const window = yearsOf(placed, zones);
  return [...used]
    .toSorted()
    .map((zone) => vtimezone(zones, zone, window))
    .join('');
}

/** A year more on either side, so that readers that look around an event find an offset there too. */
function yearsOf(placed: readonly Placed[], zones: Zones): YearWindow {
  const years = placed.flatMap(({ event }) => [event.startsAt.getUTCFullYear(), event.endsAt.getUTCFullYear()]);
  // An empty calendar has no year of its own, and the clock's would change its bytes.
  if (years.length === 0) years.push(zones.released.getUTCFullYear());
  const span = years.reduce(({ first, last }, year) => ({ first: Math.min(first, year), last: Math.max(last, year) }), {
    first: Infinity,
    last: -Infinity,
  });
  return { first: span.first - 1, last: span.last + 1 };
}
