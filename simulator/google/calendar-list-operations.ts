import { invalid, invalidParameter, notFound } from './api-error.ts';
import { ok } from './api-call.ts';
import type { ApiReply, AuthorizedCall } from './api-call.ts';
import { requireReach } from './access.ts';
import { isObject } from '../kit/json.ts';
import type { Json, JsonObject } from '../kit/json.ts';
import { etagOf, findCalendar, nextRevision } from './state.ts';
import type { Calendar } from './state.ts';
import type { World } from './world.ts';

const SET_BY_SERVER = ['kind', 'etag', 'id', 'summary', 'description', 'location', 'timeZone', 'accessRole'];
const SET_BY_SERVER_TOO = ['primary', 'deleted', 'dataOwner', 'conferenceProperties'];
const COLOUR = /^#[0-9a-f]{6}$/i;

/** `GET users/me/calendarList` */
export function listCalendars(world: World, call: AuthorizedCall): ApiReply {
  if (call.query.has('syncToken') || call.query.has('pageToken')) {
    throw invalidParameter('syncToken', 'Invalid sync token value.');
  }
  const role = call.query.get('minAccessRole');
  if (role !== null && !['freeBusyReader', 'reader', 'writer', 'owner'].includes(role)) {
    throw invalidParameter('minAccessRole', `Invalid value '${role.slice(0, 40)}'.`);
  }
  const own = [...world.state.calendars.values()].filter((calendar) => calendar.owner === call.token.email);
  return ok({ kind: 'calendar#calendarList', etag: etagOf(world.state.revision), items: own.map(listResource) });
}

/** `GET users/me/calendarList/{calendarId}` */
export function getListEntry(world: World, call: AuthorizedCall): ApiReply {
  return ok(listResource(reach(world, call)));
}

/** `PATCH users/me/calendarList/{calendarId}`: colours need `colorRgbFormat=true`. */
export function patchListEntry(world: World, call: AuthorizedCall): ApiReply {
  const calendar = reach(world, call);
  const changes = readEntry(call.json(), call.query.get('colorRgbFormat') === 'true');
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete calendar.listEntry[name];
    else calendar.listEntry[name] = value;
  }
  calendar.etag = etagOf(nextRevision(world.state));
  world.changed();
  return ok(listResource(calendar));
}

function listResource(calendar: Calendar): JsonObject {
  return {
    kind: 'calendar#calendarListEntry',
    etag: calendar.etag,
    id: calendar.id,
    summary: calendar.summary,
    ...(calendar.description === '' ? {} : { description: calendar.description }),
    timeZone: calendar.timeZone,
    backgroundColor: '#9fe1e7',
    foregroundColor: '#000000',
    selected: true,
    defaultReminders: [],
    ...calendar.listEntry,
    accessRole: 'owner',
    ...(calendar.primary ? { primary: true } : {}),
  };
}

function reach(world: World, call: AuthorizedCall): Calendar {
  const calendar = findCalendar(world.state, call.token.email, call.params.calendarId);
  if (!calendar) throw notFound();
  requireReach(call.token, calendar, call.scopes);
  return calendar;
}

function readEntry(body: JsonObject, rgb: boolean): JsonObject {
  const changes: JsonObject = {};
  for (const [name, value] of Object.entries(body)) {
    if (SET_BY_SERVER.includes(name) || SET_BY_SERVER_TOO.includes(name)) continue;
    changes[name] = readField(name, value, rgb);
  }
  return changes;
}

function readField(name: string, value: Json | undefined, rgb: boolean): Json {
  if (value === null || value === undefined) return null;
  const fits = fieldTest(name, value, rgb);
  if (fits === undefined) {
    throw invalid(`Invalid JSON payload received. Unknown name "${name.slice(0, 40)}": Cannot find field.`);
  }
  if (!fits) throw invalid(`Invalid value for: ${name}`);
  return value;
}

function fieldTest(name: string, value: Json, rgb: boolean): boolean | undefined {
  if (name === 'backgroundColor' || name === 'foregroundColor') {
    return rgb && typeof value === 'string' && COLOUR.test(value);
  }
  if (name === 'selected' || name === 'hidden' || name === 'autoAcceptInvitations') return typeof value === 'boolean';
  if (name === 'summaryOverride' || name === 'colorId') return typeof value === 'string';
  if (name === 'defaultReminders') return Array.isArray(value) && value.length <= 5 && value.every(isReminder);
  if (name === 'notificationSettings') return isObject(value);
  return undefined;
}

function isReminder(value: Json): boolean {
  return (
    isObject(value) &&
    (value['method'] === 'email' || value['method'] === 'popup') &&
    Number.isInteger(value['minutes']) &&
    Number(value['minutes']) >= 0 &&
    Number(value['minutes']) <= 40_320
  );
}
