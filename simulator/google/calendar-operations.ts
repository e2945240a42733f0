import { ApiError, forbidden, invalid, invalidParameter, notFound, required } from './api-error.ts';
import { NO_CONTENT, ok } from './api-call.ts';
import type { ApiReply, AuthorizedCall } from './api-call.ts';
import { requireReach } from './access.ts';
import type { Json, JsonObject } from '../kit/json.ts';
import { usageLimit } from './quota.ts';
import { addCalendar, etagOf, findCalendar, nextRevision } from './state.ts';
import type { Calendar } from './state.ts';
import { isTimeZone } from '../kit/time-zone.ts';
import type { World } from './world.ts';

const WRITABLE = ['summary', 'description', 'location', 'timeZone'] as const;
const SET_BY_SERVER = ['kind', 'etag', 'id', 'dataOwner', 'conferenceProperties'];

/** `POST calendars`: every call makes one, nothing recognises a repetition. */
export function insertCalendar(world: World, call: AuthorizedCall): ApiReply {
  if (world.state.accounts.get(call.token.email)?.quotaExceeded) throw usageLimit();
  const body = readBody(call.json());
  if (!body.summary) throw required('Missing summary.');
  world.quota.takeCreation(call.token.email, 'calendar');
  const calendar = addCalendar(world.state, {
    id: `c_${world.random.text(64, '0123456789abcdef')}@group.calendar.google.com`,
    owner: call.token.email,
    primary: false,
    summary: body.summary,
    timeZone: body.timeZone ?? 'UTC',
    createdByClient: call.token.clientId,
    ...(body.description === undefined ? {} : { description: body.description }),
    ...(body.location === undefined ? {} : { location: body.location }),
  });
  world.changed();
  return ok(calendarResource(calendar));
}

/** `GET calendars/{calendarId}` */
export function getCalendar(world: World, call: AuthorizedCall): ApiReply {
  const calendar = reach(world, call);
  if (call.headers['if-none-match'] === calendar.etag) return { status: 304, resource: null, etag: calendar.etag };
  return ok(calendarResource(calendar));
}

/** `PATCH calendars/{calendarId}` */
export function patchCalendar(world: World, call: AuthorizedCall): ApiReply {
  const calendar = reach(world, call);
  requireCurrent(calendar, call);
  const body = readBody(call.json());
  for (const name of WRITABLE) if (body[name] !== undefined) calendar[name] = body[name];
  return changed(world, calendar);
}

/** `PUT calendars/{calendarId}` */
export function updateCalendar(world: World, call: AuthorizedCall): ApiReply {
  const calendar = reach(world, call);
  requireCurrent(calendar, call);
  const body = readBody(call.json());
  if (!body.summary) throw required('Missing summary.');
  calendar.summary = body.summary;
  calendar.description = body.description ?? '';
  calendar.location = body.location ?? '';
  calendar.timeZone = body.timeZone ?? calendar.timeZone;
  return changed(world, calendar);
}

/** `DELETE calendars/{calendarId}`: secondary calendars only. */
export function deleteCalendar(world: World, call: AuthorizedCall): ApiReply {
  const calendar = reach(world, call);
  if (calendar.primary) throw forbidden();
  world.state.calendars.delete(calendar.id);
  world.changed();
  return NO_CONTENT;
}

/** The Calendar resource. */
export function calendarResource(calendar: Calendar): JsonObject {
  return {
    kind: 'calendar#calendar',
    etag: calendar.etag,
    id: calendar.id,
    summary: calendar.summary,
    ...(calendar.description === '' ? {} : { description: calendar.description }),
    ...(calendar.location === '' ? {} : { location: calendar.location }),
    timeZone: calendar.timeZone,
    dataOwner: calendar.owner,
  };
}

function reach(world: World, call: AuthorizedCall): Calendar {
  const calendar = findCalendar(world.state, call.token.email, call.params.calendarId);
  if (!calendar) throw notFound();
  requireReach(call.token, calendar, call.scopes);
  return calendar;
}

function requireCurrent(calendar: Calendar, call: AuthorizedCall): void {
  const ifMatch = call.headers['if-match'];
  if (ifMatch === undefined || ifMatch === '*' || ifMatch === calendar.etag) return;
  throw new ApiError(412, 'conditionNotMet', 'Precondition Failed', { location: { type: 'header', name: 'If-Match' } });
}

function changed(world: World, calendar: Calendar): ApiReply {
  calendar.etag = etagOf(nextRevision(world.state));
  world.changed();
  return ok(calendarResource(calendar));
}

function readBody(body: JsonObject): Partial<Record<(typeof WRITABLE)[number], string>> {
  const read: Partial<Record<(typeof WRITABLE)[number], string>> = {};
  for (const [name, value] of Object.entries(body)) {
    if (SET_BY_SERVER.includes(name)) continue;
    const writable = WRITABLE.find((known) => known === name);
    if (!writable)
      throw invalid(`Invalid JSON payload received. Unknown name "${name.slice(0, 40)}": Cannot find field.`);
    read[writable] = readText(value, name);
  }
  if (read.timeZone !== undefined && !isTimeZone(read.timeZone)) throw invalid('Invalid time zone.');
  return read;
}

function readText(value: Json | undefined, name: string): string {
  if (typeof value !== 'string') throw invalid(`Invalid value for: ${name}`);
  if (value.length > 8000) throw invalidParameter(name, 'A provided value exceeds the allowed size limit.');
  return value;
}
