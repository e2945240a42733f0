import ICAL from 'ical.js';
import ical, {
  ICalAlarmType,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventClass,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { convertIcsTimezone, generateIcsCalendar, type IcsDateObject } from 'ts-ics';
import type { CalendarEvent } from '../../src/providers/ics/event.ts';
import { createFeedWriter } from '../../src/providers/ics/feed-writer.ts';
import { utcOffset } from '../../src/providers/ics/times.ts';
import { loadZones } from '../../src/zones/zones.ts';

/* The product's writer of feeds and other people's, each used as its documentation says, and made to write the same. */

const ZONE = 'Europe/London';
const NAME = 'VALClean';
/** As many as the product reads from its database at once. */
const EVENTS_AT_ONCE = 20;

const zones = loadZones();
const feedWriter = createFeedWriter(zones);

/** Makes a whole calendar of these events, as the octets that are sent. */
type CalendarWriter = (events: readonly CalendarEvent[]) => Buffer[];

export const CALENDAR_WRITERS = {
  ours(events) {
    const pieces = [feedWriter.head(NAME), feedWriter.zones([ZONE], yearsOf(events))];
    for (let at = 0; at < events.length; at += EVENTS_AT_ONCE) {
      pieces.push(feedWriter.events(events.slice(at, at + EVENTS_AT_ONCE)));
    }
    return [...pieces, feedWriter.end()];
  },

  'ical-generator'(events) {
    const calendar = ical({
      name: NAME,
      method: ICalCalendarMethod.PUBLISH,
      ttl: 3600,
      // With the calendar's own zone it would write stamps as local times.
      timezone: { name: null as never, generator: () => definition(events) },
    });
    for (const event of events) {
      calendar.createEvent({
        ...{ id: event.uid, sequence: event.sequence, status: ICalEventStatus.CONFIRMED },
        ...{ stamp: event.updatedAt, lastModified: event.updatedAt, created: event.createdAt },
        ...{ start: event.startsWall, end: event.endsWall, timezone: event.timeZone },
        ...{ summary: event.title, description: event.description, location: event.location, url: event.url },
        ...{ class: ICalEventClass.PRIVATE, transparency: ICalEventTransparency.OPAQUE },
        busystatus: ICalEventBusyStatus.BUSY,
        x: [{ key: 'X-VALCLEAN-APPOINTMENT', value: String(event.appointmentId) }],
        alarms: [{ type: ICalAlarmType.display, trigger: 60 * (event.reminderMinutes ?? 0), description: 'Reminder' }],
      });
    }
    return [Buffer.from(calendar.toString())];
  },

  'ts-ics'(events) {
    const local = (wall: string, date: Date): IcsDateObject => {
      const tzoffset = utcOffset(zones.offsetSecondsAt(ZONE, date));
      return { date, type: 'DATE-TIME', local: { date: new Date(`${wall}Z`), timezone: ZONE, tzoffset } };
    };
    const nonStandard = {
      appointment: { name: 'X-VALCLEAN-APPOINTMENT' as const, generate: (id: number) => ({ value: String(id) }) },
      busy: { name: 'X-MICROSOFT-CDO-BUSYSTATUS' as const, generate: (value: string) => ({ value }) },
    };
    const text = generateIcsCalendar(
      {
        ...{ version: '2.0', prodId: '-//VALClean//Calendar Sync//EN', method: 'PUBLISH', name: NAME },
        timezones: [convertIcsTimezone(undefined, definition(events))],
        events: events.map((event) => ({
          ...{ uid: event.uid, sequence: event.sequence, status: event.status, class: 'PRIVATE' },
          ...{ stamp: { date: event.updatedAt }, lastModified: { date: event.updatedAt } },
          created: { date: event.createdAt },
          ...{ start: local(event.startsWall, event.startsAt), end: local(event.endsWall, event.endsAt) },
          ...{ summary: event.title, description: event.description, location: event.location },
          ...{ url: event.url ?? '', timeTransparent: 'OPAQUE' },
          alarms: [
            {
              ...{ action: 'DISPLAY', description: 'Reminder' },
              trigger: { type: 'relative', value: { before: true, minutes: event.reminderMinutes ?? 0 } },
            },
          ],
          nonStandard: { appointment: event.appointmentId, busy: 'BUSY' },
        })),
      },
      { nonStandard },
    );
    return [Buffer.from(text)];
  },

  'ical.js'(events) {
    // jCal (RFC 7265) is what it is quickest to write from.
    const property = (name: string, value: unknown, type = 'text', parameters: object = {}): unknown[] => [
      ...[name, parameters, type, value],
    ];
    const utc = (name: string, at: Date): unknown[] => property(name, `${at.toISOString().slice(0, 19)}Z`, 'date-time');
    const local = (name: string, wall: string): unknown[] => property(name, wall, 'date-time', { tzid: ZONE });
    const zone = ICAL.parse(`BEGIN:VCALENDAR\r\n${definition(events)}END:VCALENDAR\r\n`) as [string, [], unknown[]];
    const parts = events.map((event) => [
      'vevent',
      [
        property('uid', event.uid),
        utc('dtstamp', event.updatedAt),
        utc('last-modified', event.updatedAt),
        utc('created', event.createdAt),
        property('sequence', event.sequence, 'integer'),
        local('dtstart', event.startsWall),
        local('dtend', event.endsWall),
        property('summary', event.title),
        property('description', event.description),
        property('location', event.location),
        property('url', event.url, 'uri'),
        property('status', event.status),
        property('class', 'PRIVATE'),
        property('transp', 'OPAQUE'),
        property('x-microsoft-cdo-busystatus', 'BUSY', 'unknown'),
        property('x-valclean-appointment', String(event.appointmentId), 'unknown'),
      ],
      [
        [
          'valarm',
          [
            property('action', 'DISPLAY'),
            property('trigger', `-PT${event.reminderMinutes}M`, 'duration'),
            property('description', 'Reminder'),
          ],
          [],
        ],
      ],
    ]);
    const head = [
      property('version', '2.0'),
      property('prodid', '-//VALClean//Calendar Sync//EN'),
      property('method', 'PUBLISH'),
      property('x-wr-calname', NAME, 'unknown'),
    ];
    return [Buffer.from(ICAL.stringify(['vcalendar', head, [...zone[2], ...parts]]))];
  },
} satisfies Record<string, CalendarWriter>;

export type CalendarWriterName = keyof typeof CALENDAR_WRITERS;

/** As the product makes them for a member of its staff, some 800 octets each, hourly from 7 to 18 in London. */
export function sampleEvents(count: number): CalendarEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const day = Math.floor(index / 12);
    const startsAt = zones.toInstant(ZONE, wallAt(day, 7 + (index % 12)));
    if (startsAt.kind !== 'one') throw new Error('clocks are changed at night');
    const appointmentId = 10_000 + index;
    const url = `https://app.valclean.example/appointments/${appointmentId}`;
    const customer = `${['Zoë Çelik', 'Jane Doe', 'Núria Weiß', 'Tom Baker'][index % 4]}`;
    return {
      ...{ appointmentId, uid: `appointment-${appointmentId}-7@app.valclean.example`, sequence: 1 + (index % 5) },
      status: 'CONFIRMED',
      createdAt: new Date(Date.UTC(2026, 10, 1) + index * 61_000),
      updatedAt: new Date(Date.UTC(2026, 10, 20) + index * 47_000),
      title: `Deep clean – ${customer}`,
      description: [
        ...[`Team: Sarah Miller, Tom Baker`, `Customer: ${customer}`, `Phone: +44 20 7946 0${100 + (index % 900)}`],
        ...['Access: Key safe 4411; ring twice', 'Notes: Please bring the tall ladder, the windows are high'],
        url,
      ].join('\n'),
      location: `${1 + (index % 200)} High Street, N1 1AA London, GB`,
      ...{ startsWall: wallAt(day, 7 + (index % 12)), endsWall: wallAt(day, 9 + (index % 12)), timeZone: ZONE },
      ...{ startsAt: startsAt.instant, endsAt: new Date(startsAt.instant.getTime() + 7_200_000) },
      ...{ busy: true, private: true, url, reminderMinutes: 60 },
    };
  });
}

/** What a reader finds in a calendar, event by event: the same for writers that wrote the same. */
export function readEvents(calendar: string): string[] {
  const root = new ICAL.Component(ICAL.parse(calendar));
  return root.getAllSubcomponents('vevent').map((event) => {
    const parts = [event, ...event.getAllSubcomponents('valarm')];
    return JSON.stringify(parts.map((part) => part.getAllProperties().map(readProperty).toSorted()));
  });
}

function readProperty(property: ICAL.Property): string {
  const value = property.getFirstValue();
  const shown = value instanceof ICAL.Duration ? value.toSeconds() : String(value);
  return `${property.name} ${property.getParameter('tzid') ?? ''} ${shown}`;
}

function wallAt(day: number, hour: number): string {
  const date = new Date(Date.UTC(2026, 11, 1 + day)).toISOString().slice(0, 10);
  return `${date}T${String(hour).padStart(2, '0')}:00:00`;
}

function definition(events: readonly CalendarEvent[]): string {
  return feedWriter.zones([ZONE], yearsOf(events)).toString();
}

function yearsOf(events: readonly CalendarEvent[]): { first: number; last: number } {
  const years = [events.at(0), events.at(-1)].map((event) => event?.startsAt.getUTCFullYear() ?? 2026);
  return { first: (years[0] ?? 0) - 1, last: (years[1] ?? 0) + 1 };
}
