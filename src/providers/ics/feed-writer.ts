import type { Zones } from '../../zones/zones.ts';
import { END, writeHead } from './calendar.ts';
import { writeEvent, writtenZone, type CalendarEvent } from './event.ts';
import { LineWriter } from './line-writer.ts';
import { vtimezone, type YearWindow } from './vtimezone.ts';

/**
 * A feed whose events come a few at a time, soonest first: head, zones, events as often as there are some, end. The zones
 * have to be known before the first event; years are those of all events and one more on either side.
 */
export interface FeedWriter {
  head(name: string): Buffer;
  zones(timeZones: readonly string[], years: YearWindow): Buffer;
  events(events: readonly CalendarEvent[]): Buffer;
  end(): Buffer;
}

/** @see FeedWriter. The same data and zone version give the same bytes. */
export function createFeedWriter(zones: Zones): FeedWriter {
  return {
    head: (name) => written((out) => writeHead(out, 'feed', name)),
    zones(timeZones, years) {
      const named = timeZones.filter((zone) => zones.has(zone)).map((zone) => zones.canonical(zone));
      const defined = [...new Set(named)].filter((zone) => zone !== 'Etc/UTC').toSorted();
      return Buffer.from(defined.map((zone) => vtimezone(zones, zone, years)).join(''));
    },
    events: (events) =>
      written((out) => {
        for (const event of events) writeEvent(out, event, writtenZone(event, zones));
      }),
    end: () => Buffer.from(END),
  };
}

function written(write: (out: LineWriter) => void): Buffer {
  const out = new LineWriter();
  write(out);
  return out.bytes();
}
