import { ApiError, notFound } from './api-error.ts';
import type { ApiReply, AuthorizedCall, PathParams } from './api-call.ts';
import { getListEntry, listCalendars, patchListEntry } from './calendar-list-operations.ts';
import { deleteCalendar, getCalendar, insertCalendar, patchCalendar, updateCalendar } from './calendar-operations.ts';
import { getColours, getSetting } from './colours.ts';
import { LIST_PARAMETERS } from './event-list.ts';
import * as events from './event-operations.ts';
import { calendarScopes } from './scopes.ts';
import type { World } from './world.ts';

/** One method of the Calendar API. */
export interface Operation {
  /** Google's name of it in lower case: `events.insert`. */
  name: string;
  method: string;
  /** Path below `/calendar/v3/`, `:name` for a parameter. */
  path: string;
  scopes: readonly string[];
  query: readonly string[];
  run(world: World, call: AuthorizedCall): ApiReply;
}

// Which scopes open which method: discovery document calendar:v3, revision 20260708.
const EVENT_WRITE = calendarScopes('', 'app.created', 'events', 'events.owned');
const EVENT_READ = [...EVENT_WRITE, ...calendarScopes('readonly', 'events.readonly', 'events.owned.readonly')];
const CALENDAR_WRITE = calendarScopes('', 'app.created', 'calendars');
const CALENDAR_READ = [...CALENDAR_WRITE, ...calendarScopes('readonly', 'calendars.readonly')];
const LIST_READ = calendarScopes('', 'readonly', 'calendarlist', 'calendarlist.readonly');
const LIST_ENTRY_WRITE = calendarScopes('', 'app.created', 'calendarlist');
const LIST_ENTRY_READ = [...LIST_READ, ...calendarScopes('app.created')];
const ANY = [...EVENT_READ, ...CALENDAR_READ, ...LIST_READ];
const SETTINGS = calendarScopes('', 'readonly', 'settings.readonly');

const WRITE_QUERY = [
  'sendUpdates',
  'sendNotifications',
  'conferenceDataVersion',
  'maxAttendees',
  'supportsAttachments',
  'alwaysIncludeEmail',
  'eventLabelVersion',
];

const EVENTS = 'calendars/:calendarId/events';
const EVENT = `${EVENTS}/:eventId`;
const CALENDAR = 'calendars/:calendarId';
const LIST = 'users/me/calendarList';
const ENTRY = `${LIST}/:calendarId`;
const COLOUR_QUERY = ['colorRgbFormat'];

const OPERATIONS: Operation[] = [
  op('events.insert', 'POST', EVENTS, EVENT_WRITE, WRITE_QUERY, events.insert),
  op('events.list', 'GET', EVENTS, EVENT_READ, LIST_PARAMETERS, events.list),
  op('events.get', 'GET', EVENT, EVENT_READ, ['timeZone', 'maxAttendees', 'alwaysIncludeEmail'], events.get),
  op('events.update', 'PUT', EVENT, EVENT_WRITE, WRITE_QUERY, events.update),
  op('events.patch', 'PATCH', EVENT, EVENT_WRITE, WRITE_QUERY, events.patch),
  op('events.delete', 'DELETE', EVENT, EVENT_WRITE, ['sendUpdates', 'sendNotifications'], events.remove),
  op('calendars.insert', 'POST', 'calendars', CALENDAR_WRITE, [], insertCalendar),
  op('calendars.get', 'GET', CALENDAR, CALENDAR_READ, [], getCalendar),
  op('calendars.patch', 'PATCH', CALENDAR, CALENDAR_WRITE, [], patchCalendar),
  op('calendars.update', 'PUT', CALENDAR, CALENDAR_WRITE, [], updateCalendar),
  op('calendars.delete', 'DELETE', CALENDAR, CALENDAR_WRITE, [], deleteCalendar),
  op('calendarList.list', 'GET', LIST, LIST_READ, listQuery(), listCalendars),
  op('calendarList.get', 'GET', ENTRY, LIST_ENTRY_READ, [], getListEntry),
  op('calendarList.patch', 'PATCH', ENTRY, LIST_ENTRY_WRITE, COLOUR_QUERY, patchListEntry),
  op('colors.get', 'GET', 'colors', ANY, [], getColours),
  op('settings.get', 'GET', 'users/me/settings/:settingId', SETTINGS, [], getSetting),
  missing('events.import', 'POST', `${EVENTS}/import`),
  missing('events.quickAdd', 'POST', `${EVENTS}/quickAdd`),
  missing('events.watch', 'POST', `${EVENTS}/watch`),
  missing('events.instances', 'GET', `${EVENT}/instances`),
  missing('events.move', 'POST', `${EVENT}/move`),
  missing('calendars.clear', 'POST', `${CALENDAR}/clear`),
  missing('calendarList.insert', 'POST', LIST),
  missing('calendarList.delete', 'DELETE', ENTRY),
  missing('channels.stop', 'POST', 'channels/stop'),
  missing('freebusy.query', 'POST', 'freeBusy'),
];

const ROUTES = OPERATIONS.map((operation) => ({ operation, segments: operation.path.split('/') }));

/** The method behind a path below `/calendar/v3/`, with its parameters. Null when there is none. */
export function findOperation(method: string, path: string): { operation: Operation; params: PathParams } | null {
  const segments = path.split('/');
  for (const route of ROUTES) {
    if (route.operation.method !== method || route.segments.length !== segments.length) continue;
    const params = matchSegments(route.segments, segments);
    if (params) return { operation: route.operation, params };
  }
  return null;
}

function matchSegments(pattern: string[], segments: string[]): PathParams | null {
  const params: PathParams = { calendarId: '', eventId: '', settingId: '' };
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (!part.startsWith(':')) {
      if (part !== segment) return null;
      continue;
    }
    const value = decoded(segment);
    if (!value) return null;
    params[part.slice(1) as keyof PathParams] = value;
  }
  return params;
}

function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null; // URIError: a lone percent sign names nothing
  }
}

function op(
  name: string,
  method: string,
  path: string,
  scopes: readonly string[],
  query: readonly string[],
  run: Operation['run'],
): Operation {
  return { name, method, path, scopes, query, run };
}

// Google has this method, the simulator has not: a clear 501 instead of a wrong answer.
function missing(name: string, method: string, path: string): Operation {
  return op(name, method, path, calendarScopes(''), [], () => {
    throw new ApiError(501, 'notImplemented', `The simulator does not know ${name}.`, { envelope: 'front-end' });
  });
}

function listQuery(): string[] {
  return ['minAccessRole', 'showHidden', 'showDeleted', 'maxResults', 'pageToken', 'syncToken'];
}

/** 404 for a path that is no method. */
export function noSuchMethod(): ApiError {
  return notFound();
}
