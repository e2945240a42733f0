import { renderTime } from './event-times.ts';
import type { JsonObject } from '../kit/json.ts';
import type { Calendar, StoredEvent } from './state.ts';
import type { World } from './world.ts';

/** The event as the API gives it, its times in `timeZone` or the calendar's zone. Tombstones keep their details. */
export function eventResource(world: World, event: StoredEvent, calendar: Calendar, timeZone?: string): JsonObject {
  const zone = timeZone ?? calendar.timeZone;
  return {
    kind: 'calendar#event',
    etag: event.etag,
    id: event.id,
    status: event.status,
    htmlLink: `${world.url}/calendar/${encodeURIComponent(calendar.owner)}?${linkQuery(event, calendar)}`,
    created: new Date(event.created).toISOString(),
    updated: new Date(event.updated).toISOString(),
    ...event.fields,
    creator: calendar.primary ? { email: calendar.owner, self: true } : { email: calendar.owner },
    organizer: calendar.primary
      ? { email: calendar.owner, self: true }
      : { email: calendar.id, displayName: calendar.summary, self: true },
    start: renderTime(event.start, zone, calendar.timeZone),
    end: renderTime(event.end, zone, calendar.timeZone),
    iCalUID: event.iCalUID,
    sequence: event.sequence,
    reminders: event.fields['reminders'] ?? { useDefault: true },
    eventType: 'default',
  };
}

/** A deleted event as lists give it: of a single event Google promises no more than the id. */
export function tombstoneResource(event: StoredEvent): JsonObject {
  return { kind: 'calendar#event', etag: event.etag, id: event.id, status: 'cancelled' };
}

/** The event as a caller could send it whole; a PATCH is merged into this. */
export function writableBody(event: StoredEvent, calendar: Calendar): JsonObject {
  return {
    ...event.fields,
    status: event.status,
    start: renderTime(event.start, startZone(event.start, calendar), calendar.timeZone),
    end: renderTime(event.end, startZone(event.end, calendar), calendar.timeZone),
    sequence: event.sequence,
  };
}

function linkQuery(event: StoredEvent, calendar: Calendar): string {
  const query: Record<string, string> = { event: event.id };
  if (!calendar.primary) query['calendar'] = calendar.id;
  return new URLSearchParams(query).toString();
}

function startZone(time: StoredEvent['start'], calendar: Calendar): string {
  return (time.kind === 'instant' ? time.timeZone : null) ?? calendar.timeZone;
}
