import ICAL from 'ical.js';
import { DavError } from './dav-error.ts';

/** What an object's event says, as far as pages and checks need it. */
export interface EventFacts {
  uid: string;
  title: string;
  place: string;
  startsAt: Date;
  endsAt: Date;
  isPrivate: boolean;
  isFree: boolean;
}

/** Reads an object that a client sends. Throws DavError for what RFC 4791 §4.1 forbids. */
export function checkedObject(data: string): { uid: string; flags: string[] } {
  const calendar = parsed(data);
  if (!calendar || calendar.name !== 'vcalendar') throw new DavError(403, 'valid-calendar-data');
  const events = calendar.getAllSubcomponents('vevent');
  const uids = new Set(events.map((event) => event.getFirstPropertyValue('uid')));
  const [uid] = uids;
  if (calendar.hasProperty('method') || uids.size !== 1 || typeof uid !== 'string') {
    throw new DavError(403, 'valid-calendar-object-resource');
  }
  for (const event of events) requireSense(event);
  const invites = events.some((event) => event.hasProperty('attendee') || event.hasProperty('organizer'));
  return { uid, flags: invites ? ['ATTENDEES SENT'] : [] };
}

/** Every zone that times refer to is defined, and the event ends after it begins. */
function requireSense(event: ICAL.Component): void {
  for (const name of ['dtstart', 'dtend']) {
    const tzid = event.getFirstProperty(name)?.getFirstParameter('tzid');
    if (tzid && !event.getTimeZoneByID(tzid)) throw new DavError(403, 'valid-calendar-data');
  }
  const { startDate, endDate } = new ICAL.Event(event);
  if (!event.hasProperty('dtstamp') || !startDate || (endDate && endDate.compare(startDate) < 0)) {
    throw new DavError(403, 'valid-calendar-data');
  }
}

/** The facts of an object that is kept. */
export function factsOf(data: string): EventFacts {
  const event = parsed(data)?.getFirstSubcomponent('vevent');
  if (!event) throw new TypeError('the object holds no event');
  const { uid, summary, location, startDate, endDate } = new ICAL.Event(event);
  return {
    uid,
    title: summary ?? '',
    place: location ?? '',
    startsAt: new Date(startDate.toUnixTime() * 1000),
    endsAt: new Date(endDate.toUnixTime() * 1000),
    isPrivate: event.getFirstPropertyValue('class') === 'PRIVATE',
    isFree: event.getFirstPropertyValue('transp') === 'TRANSPARENT',
  };
}

/** Takes out what the standard does not name, as some servers do. */
export function withoutOwnProperties(data: string): string {
  return data.replace(/\r\nX-[A-Z0-9-]+[;:][^\r]*(?:\r\n [^\r]*)*/g, '');
}

function parsed(data: string): ICAL.Component | null {
  try {
    return new ICAL.Component(ICAL.parse(data));
  } catch {
    return null;
  }
}
