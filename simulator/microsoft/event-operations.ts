import { calendarOf } from './calendar-operations.ts';
import { flagsOf, readChange } from './event-fields.ts';
import { createEvent, deleteEvent, patchEvent, requireEvent } from './event-store.ts';
import { EVENT_PROPERTIES, eventResource, selected } from './event-view.ts';
import { NO_CONTENT, ok } from './graph-call.ts';
import type { AuthorizedCall, GraphReply } from './graph-call.ts';
import { GraphError, accessDenied, badRequest, itemNotFound } from './graph-error.ts';
import { spaceOf } from './ids.ts';
import { fulfils, readExpand, readPropertyFilter, readSelect, readWindow } from './odata-query.ts';
import { collection, pageOf } from './paging.ts';
import type { Calendar, StoredEvent } from './state.ts';
import { nowOf } from './world.ts';
import type { World } from './world.ts';

/** Query parameters of lists of events. */
export const LIST_PARAMETERS = ['$select', '$expand', '$filter', '$top', '$skip', '$orderby', '$count'];

const PAGE_SIZE = 10;

/** `POST /me/events` and `POST /me/calendars/{id}/events` */
export function create(world: World, call: AuthorizedCall): GraphReply {
  const calendar = calendarOf(call);
  requireRoom(call, calendar);
  const change = readChange(call.json(), 'create');
  call.flags.push(...flagsOf(change));
  const event = createEvent(world, call.mailbox, calendar, change, call.prefer.ids);
  return { status: 201, resource: shown(world, call, event, true) };
}

/** `GET …/events/{id}` */
export function get(world: World, call: AuthorizedCall): GraphReply {
  const select = readSelect(call.query, EVENT_PROPERTIES);
  readExpand(call.query);
  return ok(selected(shown(world, call, eventOf(call)), select));
}

/** `PATCH …/events/{id}` */
export function update(world: World, call: AuthorizedCall): GraphReply {
  const event = eventOf(call);
  requireRoom(call, ownerOf(call, event));
  const change = readChange(call.json(), 'patch');
  call.flags.push(...flagsOf(change));
  patchEvent(world, call.mailbox, event, change, call.headers['if-match']);
  return ok(shown(world, call, event, true));
}

/** `DELETE …/events/{id}` */
export function remove(world: World, call: AuthorizedCall): GraphReply {
  const event = eventOf(call);
  if (!ownerOf(call, event).canEdit) throw accessDenied();
  deleteEvent(world, call.mailbox, event, call.headers['if-match']);
  return NO_CONTENT;
}

/** `GET /me/events` (of all calendars) and `GET /me/calendars/{id}/events`: series as their masters. */
export function list(world: World, call: AuthorizedCall): GraphReply {
  const filter = readPropertyFilter(call.query);
  const everywhere = call.params.calendarId === '' && !call.path.includes('/me/calendar/');
  const calendar = everywhere ? null : calendarOf(call);
  const youngest = nowOf(world) - world.settings.propertyIndexLagMs;
  const found = [...call.mailbox.events.values()].filter((event) => {
    if (event.deleted || (calendar && event.calendarId !== calendar.id)) return false;
    return filter === null || (event.created <= youngest && fulfils(event.properties, filter));
  });
  return page(world, call, found);
}

/** A page of events by the query's `$orderby`, `$top`, `$skip`, `$select` and `$expand`. */
export function page(world: World, call: AuthorizedCall, found: StoredEvent[]): GraphReply {
  const select = readSelect(call.query, EVENT_PROPERTIES);
  readExpand(call.query);
  const { items, next } = pageOf(world, ordered(found, call.query), readWindow(call.query, PAGE_SIZE));
  const value = items.map((event) => selected(shown(world, call, event), select));
  const answer = collection(world, call, value, next);
  return ok(call.query.get('$count') === 'true' ? { ...answer, '@odata.count': found.length } : answer);
}

function ordered(events: StoredEvent[], query: URLSearchParams): StoredEvent[] {
  const text = query.get('$orderby');
  if (text === null) return events;
  const match = /^(start\/dateTime|createdDateTime|lastModifiedDateTime)(?: (asc|desc))?$/.exec(text.trim());
  if (!match) throw badRequest(`The $orderby '${text.slice(0, 60)}' is not supported here.`);
  const keys: Record<string, (event: StoredEvent) => number> = {
    'start/dateTime': (event) => event.draft.start.ms,
    createdDateTime: (event) => event.created,
    lastModifiedDateTime: (event) => event.lastModified,
  };
  const key = keys[match[1] ?? ''] ?? (() => 0);
  const sign = match[2] === 'desc' ? -1 : 1;
  return events.toSorted((one, other) => sign * (key(one) - key(other)) || one.ordinal - other.ordinal);
}

function shown(world: World, call: AuthorizedCall, event: StoredEvent, echo = false): ReturnType<typeof eventResource> {
  const expand = echo ? null : readExpand(call.query);
  return eventResource(world, call.account, event, { ...call.prefer, expand, echo });
}

/** The event that a call names, in the id space that it asked for. Throws GraphError 400, 404. */
function eventOf(call: AuthorizedCall): StoredEvent {
  const { calendarId, eventId } = call.params;
  // The real service may take either kind of id; an app that mixes them up is better told.
  if (spaceOf(eventId) !== call.prefer.ids) throw badRequest('Id is malformed.', 'ErrorInvalidIdMalformed');
  const event = requireEvent(call.mailbox, eventId);
  if (calendarId !== '' && event.calendarId !== calendarOf(call).id) throw itemNotFound();
  return event;
}

function ownerOf(call: AuthorizedCall, event: StoredEvent): Calendar {
  const calendar = call.mailbox.calendars.get(event.calendarId);
  if (!calendar) throw itemNotFound();
  return calendar;
}

function requireRoom(call: AuthorizedCall, calendar: Calendar): void {
  if (!calendar.canEdit) throw accessDenied();
  if (call.account.mailboxFull) throw new GraphError(507, 'ErrorQuotaExceeded', 'The mailbox is full.');
}
