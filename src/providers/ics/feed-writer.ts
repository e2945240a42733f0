import type { Zones } from '../../zones/zones.ts';
import { calendarHead, END, eventTexts } from './calendar.ts';
import type { CalendarEvent } from './event.ts';
import { vtimezone, type YearWindow } from './vtimezone.ts';

/**
 * A feed whose events come a few at a time, soonest first: head, zones, events as often as there are some, end. The zones
 * have to be known before the first event; years are those of all events and one more on either side.
 */
export interface FeedWriter {
  head(name: string): string;
  zones(timeZones: readonly string[], years: YearWindow): string;
  events(events: readonly CalendarEvent[]): string;
  end: string;
}

/** @see FeedWriter. The same data and zone version give the same bytes. */
export function createFeedWriter(zones: Zones): FeedWriter {
  return {
    head: (name) => calendarHead('feed', name),
    zones(timeZones, years) {
      const named = timeZones.filter((zone) => zones.has(zone)).map((zone) => zones.canonical(zone));
      const defined = [...new Set(named)].filter((zone) => zone !== 'Etc/UTC').toSorted();
      return defined.map((zone) => vtimezone(zones, zone, years)).join('');
    },
    events: (events) => eventTexts(events, zones),
    end: END,
  };
}
