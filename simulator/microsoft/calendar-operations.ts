import type { JsonObject } from '../kit/json.ts';
import { mergeProperties, propertyResources, readProperties } from './extended-properties.ts';
import { NO_CONTENT, ok } from './graph-call.ts';
import type { AuthorizedCall, GraphReply } from './graph-call.ts';
import { GraphError, accessDenied, badRequest, invalidProperty, itemNotFound } from './graph-error.ts';
import { fulfils, readExpand, readPropertyFilter, readSelect, readWindow } from './odata-query.ts';
import { collection, pageOf } from './paging.ts';
import { addCalendar, changeKeyOf, defaultCalendar, folderId, nextRevision } from './state.ts';
import type { Calendar, Mailbox } from './state.ts';
import type { World } from './world.ts';

// https://learn.microsoft.com/graph/api/resources/calendar
const COLOURS: Record<string, string> = {
  auto: '',
  lightBlue: '#a6d1f5',
  lightGreen: '#87d28e',
  lightOrange: '#fcab73',
  lightGray: '#c0c0c0',
  lightYellow: '#f8eb8f',
  lightTeal: '#64d2c7',
  lightPink: '#f7a7c8',
  lightBrown: '#c9a491',
  lightRed: '#f88c9b',
  maxColor: '',
};
const PROPERTIES = [
  'id',
  'name',
  'color',
  'hexColor',
  'isDefaultCalendar',
  'changeKey',
  'canShare',
  'canViewPrivateItems',
  'canEdit',
  'allowedOnlineMeetingProviders',
  'defaultOnlineMeetingProvider',
  'isTallyingResponses',
  'isRemovable',
  'owner',
];
const PAGE_SIZE = 10;

/** `GET /me/calendars` */
export function listCalendars(world: World, call: AuthorizedCall): GraphReply {
  const select = readSelect(call.query, PROPERTIES);
  const expand = readExpand(call.query);
  const filter = readPropertyFilter(call.query);
  const window = readWindow(call.query, PAGE_SIZE);
  const found = [...call.mailbox.calendars.values()].filter(
    (calendar) => filter === null || fulfils(calendar.properties, filter),
  );
  const { items, next } = pageOf(world, found, window);
  const value = items.map((calendar) => selected(resourceOf(call, calendar, expand), select));
  return ok(collection(world, call, value, next));
}

/** `GET /me/calendars/{id}` and `GET /me/calendar` */
export function getCalendar(_world: World, call: AuthorizedCall): GraphReply {
  const select = readSelect(call.query, PROPERTIES);
  const calendar = calendarOf(call);
  return ok(selected(resourceOf(call, calendar, readExpand(call.query)), select));
}

/** `POST /me/calendars` */
export function createCalendar(world: World, call: AuthorizedCall): GraphReply {
  const { name, color, singleValueExtendedProperties: properties, ...rest } = call.json();
  refuseUnknown(rest);
  const calendar = makeCalendar(world, call.mailbox, requireName(call.mailbox, name), {
    color: readColour(color),
    properties: properties === undefined ? [] : readProperties(properties, 'singleValueExtendedProperties'),
    createdByClient: call.token.clientId,
  });
  const resource = resourceOf(call, calendar, null);
  if (world.settings.unstableCalendarIds) resource['id'] = folderId(call.account.email, -world.state.revision);
  return { status: 201, resource };
}

/** `PATCH /me/calendars/{id}` */
export function updateCalendar(world: World, call: AuthorizedCall): GraphReply {
  const calendar = calendarOf(call);
  const { name, color, singleValueExtendedProperties: properties, ...rest } = call.json();
  refuseUnknown(rest);
  if (name !== undefined && name !== calendar.name) calendar.name = requireName(call.mailbox, name, calendar);
  if (color !== undefined) calendar.color = readColour(color);
  if (properties !== undefined) {
    const given = readProperties(properties, 'singleValueExtendedProperties');
    calendar.properties = mergeProperties(calendar.properties, given);
  }
  calendar.changeKey = changeKeyOf(nextRevision(world.state));
  world.changed();
  return ok(resourceOf(call, calendar, null));
}

/** `DELETE /me/calendars/{id}` */
export function deleteCalendar(world: World, call: AuthorizedCall): GraphReply {
  dropCalendar(world, call.mailbox, calendarOf(call));
  return NO_CONTENT;
}

/** Adds a calendar. */
export function makeCalendar(
  world: World,
  mailbox: Mailbox,
  name: string,
  more: Partial<Pick<Calendar, 'color' | 'properties' | 'createdByClient'>> = {},
): Calendar {
  const calendar = addCalendar(world.state, mailbox, { name, isDefault: false, canEdit: true, ...more });
  world.changed();
  return calendar;
}

/** Deletes a calendar with its events. Throws GraphError 400 for the default one, 403 for one that cannot be edited. */
export function dropCalendar(world: World, mailbox: Mailbox, calendar: Calendar): void {
  if (calendar.isDefault) {
    throw new GraphError(400, 'ErrorDeleteDistinguishedFolder', 'Distinguished folders cannot be deleted.');
  }
  if (!calendar.canEdit) throw accessDenied();
  mailbox.calendars.delete(calendar.id);
  // A folder that goes takes its items along without a word about each.
  for (const event of mailbox.events.values()) if (event.calendarId === calendar.id) event.deleted = true;
  world.changed();
}

/** The calendar that a call names, the default one when it names none. Throws GraphError 404. */
export function calendarOf(call: AuthorizedCall): Calendar {
  if (call.params.calendarId === '') return defaultCalendar(call.mailbox);
  const calendar = call.mailbox.calendars.get(call.params.calendarId);
  if (!calendar) throw itemNotFound();
  return calendar;
}

/** A name that no other calendar has. Throws GraphError 400, 409 ErrorFolderExists. */
export function requireName(mailbox: Mailbox, name: unknown, except?: Calendar): string {
  if (typeof name !== 'string' || name.trim() === '') throw invalidProperty("The property 'name' is required.");
  for (const other of mailbox.calendars.values()) {
    if (other === except || other.name.toLowerCase() !== name.toLowerCase()) continue;
    throw new GraphError(409, 'ErrorFolderExists', 'A folder with the specified name already exists.');
  }
  return name;
}

/** The calendar as Graph gives it. */
export function calendarResource(calendar: Calendar, owner: { name: string; email: string }): JsonObject {
  return {
    id: calendar.id,
    name: calendar.name,
    color: calendar.color,
    hexColor: COLOURS[calendar.color] ?? '',
    isDefaultCalendar: calendar.isDefault,
    changeKey: calendar.changeKey,
    canShare: calendar.canEdit,
    canViewPrivateItems: true,
    canEdit: calendar.canEdit,
    allowedOnlineMeetingProviders: [],
    defaultOnlineMeetingProvider: 'unknown',
    isTallyingResponses: calendar.isDefault,
    isRemovable: !calendar.isDefault && calendar.canEdit,
    owner: { name: owner.name, address: owner.email },
  };
}

function resourceOf(call: AuthorizedCall, calendar: Calendar, expand: string | null): JsonObject {
  const expanded = expand === null ? [] : propertyResources(calendar.properties, expand);
  return {
    ...calendarResource(calendar, call.account),
    ...(expanded.length > 0 ? { singleValueExtendedProperties: expanded } : {}),
  };
}

function selected(resource: JsonObject, names: readonly string[] | null): JsonObject {
  if (names === null) return resource;
  const kept = ['id', 'singleValueExtendedProperties', ...names];
  return Object.fromEntries(Object.entries(resource).filter(([name]) => kept.includes(name)));
}

function readColour(value: unknown): string {
  if (value === undefined || value === null) return 'auto';
  if (typeof value === 'string' && Object.hasOwn(COLOURS, value)) return value;
  throw badRequest(`Requested value '${String(value).slice(0, 40)}' was not found for 'color'.`, 'RequestBodyRead');
}

function refuseUnknown(rest: JsonObject): void {
  const [name] = Object.keys(rest);
  if (name === undefined) return;
  throw badRequest(
    `The property '${name.slice(0, 40)}' cannot be set on type 'microsoft.graph.calendar'.`,
    'RequestBodyRead',
  );
}
