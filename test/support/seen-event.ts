import { asText } from '../../simulator/microsoft/event-body.ts';
import type { JsonObject } from '../../simulator/kit/json.ts';
import type { Json } from './server.ts';
import type { Service, Simulators } from './simulators.ts';

/** What the owner of a calendar sees of an event, whichever service it lies at. */
export interface SeenEvent {
  /** The service's. */
  id: string;
  title: string;
  /** Of the description. */
  lines: string[];
  location: string;
  /** RFC 3339 in UTC, as `Date` writes it. */
  startsAt: string;
  endsAt: string;
  busy: boolean;
  private: boolean;
  /** Whether anybody is invited to it. */
  hasGuests: boolean;
}

/** The living events of somebody's calendar, the main one unless said otherwise, in order of creation. */
export function seenEvents(
  simulators: Pick<Simulators, 'google'> & Partial<Pick<Simulators, 'outlook'>>,
  service: Service,
  email: string,
  calendarId?: string,
): SeenEvent[] {
  if (service === 'outlook') return (simulators.outlook?.events(email, calendarId) ?? []).map(seenInOutlook);
  const events = simulators.google.events(email, calendarId);
  return events.filter((event) => event['status'] !== 'cancelled').map(seenInGoogle);
}

/** The same of one raw resource. */
export function seenInGoogle(event: JsonObject): SeenEvent {
  const { id, summary = '', description = '', location = '', start, end, ...more }: Json = event;
  return {
    ...{ id, title: summary, location },
    lines: asText({ contentType: 'html', content: description.replaceAll('\n', '<br>') }).split('\r\n'),
    startsAt: new Date(start.dateTime).toISOString(),
    endsAt: new Date(end.dateTime).toISOString(),
    busy: more.transparency !== 'transparent',
    private: more.visibility === 'private',
    hasGuests: (more.attendees ?? []).length > 0,
  };
}

/** The same of one raw resource, as the control of the simulator gives it. */
export function seenInOutlook(event: JsonObject): SeenEvent {
  const { id, subject, body, location, start, end, ...more }: Json = event;
  return {
    ...{ id, title: subject, location: location.displayName },
    lines: asText(body).split('\r\n'),
    startsAt: new Date(`${start.dateTime}Z`).toISOString(),
    endsAt: new Date(`${end.dateTime}Z`).toISOString(),
    busy: more.showAs === 'busy',
    private: more.sensitivity === 'private',
    hasGuests: more.attendees.length > 0,
  };
}
