import { createCalendar, deleteCalendar, getCalendar, listCalendars, updateCalendar } from './calendar-operations.ts';
import { VIEW_PARAMETERS, listView } from './calendar-view.ts';
import { DELTA_PARAMETERS, listChanges } from './delta.ts';
import * as events from './event-operations.ts';
import type { AuthorizedCall, GraphReply, PathParams } from './graph-call.ts';
import { GraphError } from './graph-error.ts';
import { getMe } from './me.ts';
import { getMailboxSettings, getMailboxTimeZone, listSupportedTimeZones } from './mailbox-settings.ts';
import type { World } from './world.ts';

/** One method of Graph. */
export interface Operation {
  /** Our name of it: `events.create`. */
  name: string;
  method: string;
  /** Path below `/v1.0/`, `:name` for a parameter. */
  path: string;
  scopes: readonly string[];
  query: readonly string[];
  /** False for what works without a mailbox. */
  needsMailbox: boolean;
  run(world: World, call: AuthorizedCall): GraphReply;
}

const WRITE = ['Calendars.ReadWrite'];
const READ = [...WRITE, 'Calendars.Read'];
const SETTINGS = ['MailboxSettings.Read'];
const USER = ['User.Read'];
const ITEM_QUERY = ['$select', '$expand'];

// Where a calendar, its events and its view are found.
const CALENDARS = ['me/calendar', 'me/calendars/:calendarId'];
const EVENT_LISTS = ['me/events', ...CALENDARS.map((path) => `${path}/events`)];
const EVENTS = EVENT_LISTS.map((path) => `${path}/:eventId`);
const VIEWS = ['me/calendarView', ...CALENDARS.map((path) => `${path}/calendarView`)];

const OPERATIONS: Operation[] = [
  { ...op('me.get', 'GET', 'me', USER, ['$select'], getMe), needsMailbox: false },
  op('mailboxSettings.get', 'GET', 'me/mailboxSettings', SETTINGS, ['$select'], getMailboxSettings),
  op('mailboxSettings.timeZone', 'GET', 'me/mailboxSettings/timeZone', SETTINGS, [], getMailboxTimeZone),
  op('supportedTimeZones.list', 'GET', 'me/outlook/supportedTimeZones', USER, [], listSupportedTimeZones),
  op('calendars.list', 'GET', 'me/calendars', READ, ['$select', '$expand', '$filter', '$top', '$skip'], listCalendars),
  op('calendars.create', 'POST', 'me/calendars', WRITE, [], createCalendar),
  ...CALENDARS.flatMap((path) => [
    op('calendars.get', 'GET', path, READ, ITEM_QUERY, getCalendar),
    op('calendars.update', 'PATCH', path, WRITE, [], updateCalendar),
  ]),
  op('calendars.delete', 'DELETE', 'me/calendars/:calendarId', WRITE, [], deleteCalendar),
  ...EVENT_LISTS.flatMap((path) => [
    op('events.list', 'GET', path, READ, events.LIST_PARAMETERS, events.list),
    op('events.create', 'POST', path, WRITE, [], events.create),
  ]),
  ...EVENTS.flatMap((path) => [
    op('events.get', 'GET', path, READ, ITEM_QUERY, events.get),
    op('events.update', 'PATCH', path, WRITE, [], events.update),
    op('events.delete', 'DELETE', path, WRITE, [], events.remove),
  ]),
  ...VIEWS.map((path) => op('calendarView.list', 'GET', path, READ, VIEW_PARAMETERS, listView)),
  ...VIEWS.map((path) => op('calendarView.delta', 'GET', `${path}/delta`, READ, DELTA_PARAMETERS, listChanges)),
  ...EVENTS.flatMap((path) =>
    ['cancel', 'accept', 'tentativelyAccept', 'decline', 'forward', 'snoozeReminder', 'dismissReminder'].map((verb) =>
      missing(`events.${verb}`, 'POST', `${path}/${verb}`),
    ),
  ),
  ...EVENTS.map((path) => missing('events.instances', 'GET', `${path}/instances`)),
  ...EVENT_LISTS.map((path) => missing('events.delta', 'GET', `${path}/delta`)),
  missing('getSchedule', 'POST', 'me/calendar/getSchedule'),
  missing('translateExchangeIds', 'POST', 'me/translateExchangeIds'),
  missing('subscriptions.list', 'GET', 'subscriptions'),
  missing('subscriptions.create', 'POST', 'subscriptions'),
];

const ROUTES = OPERATIONS.map((operation) => ({ operation, segments: operation.path.split('/') }));

/** The method behind a path below `/v1.0/`, with its parameters. Null when there is none. */
export function findOperation(method: string, path: string): { operation: Operation; params: PathParams } | null {
  const segments = path.split('/');
  for (const route of ROUTES) {
    if (route.operation.method !== method || route.segments.length !== segments.length) continue;
    const params = matchSegments(route.segments, segments);
    if (params) return { operation: route.operation, params };
  }
  return null;
}

/** True when the path exists under another method. */
export function hasPath(path: string): boolean {
  const segments = path.split('/');
  return ROUTES.some((route) => route.segments.length === segments.length && matchSegments(route.segments, segments));
}

function matchSegments(pattern: string[], segments: string[]): PathParams | null {
  const params: PathParams = { calendarId: '', eventId: '' };
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
  return { name, method, path, scopes, query, run, needsMailbox: true };
}

// Graph has this method, the simulator has not: a clear 501 instead of a wrong answer.
function missing(name: string, method: string, path: string): Operation {
  return op(name, method, path, [...READ, ...USER], [], () => {
    throw new GraphError(501, 'NotImplemented', `The simulator does not know ${name}.`);
  });
}
