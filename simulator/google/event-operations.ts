import { invalid, invalidParameter, notFound } from './api-error.ts';
import { NO_CONTENT, ok } from './api-call.ts';
import type { ApiReply, AuthorizedCall } from './api-call.ts';
import { requireReach } from './access.ts';
import { flagsOf } from './event-fields.ts';
import { listEvents } from './event-list.ts';
import { insertEvent, patchEvent, removeEvent, replaceEvent, requireEvent } from './event-store.ts';
import { eventResource } from './event-view.ts';
import type { JsonObject } from '../kit/json.ts';
import { usageLimit } from './quota.ts';
import { findCalendar } from './state.ts';
import type { Calendar, StoredEvent } from './state.ts';
import { isTimeZone } from '../kit/time-zone.ts';
import type { World } from './world.ts';

/** `POST calendars/{calendarId}/events` */
export function insert(world: World, call: AuthorizedCall): ApiReply {
  const calendar = reachCalendar(world, call);
  takeWrite(world, calendar, call);
  const body = call.json();
  refuseCancelled(body);
  world.quota.takeCreation(call.token.email, 'event');
  return written(world, calendar, call, body, insertEvent(world, calendar, body));
}

/** `GET calendars/{calendarId}/events/{eventId}` */
export function get(world: World, call: AuthorizedCall): ApiReply {
  const calendar = reachCalendar(world, call);
  const event = requireEvent(calendar, call.params.eventId);
  const timeZone = call.query.get('timeZone');
  if (timeZone !== null && !isTimeZone(timeZone)) throw invalidParameter('timeZone', 'Invalid time zone.');
  if (call.headers['if-none-match'] === event.etag) return { status: 304, resource: null, etag: event.etag };
  return ok(eventResource(world, event, calendar, timeZone ?? undefined));
}

/** `GET calendars/{calendarId}/events` */
export function list(world: World, call: AuthorizedCall): ApiReply {
  const calendar = reachCalendar(world, call);
  if (call.query.getAll('privateExtendedProperty').length > 1) {
    call.flags.push('several privateExtendedProperty filters: and/or is not settled');
  }
  return ok(listEvents(world, calendar, call.query));
}

/** `PUT calendars/{calendarId}/events/{eventId}` */
export function update(world: World, call: AuthorizedCall): ApiReply {
  const calendar = reachCalendar(world, call);
  takeWrite(world, calendar, call);
  const body = call.json();
  const event = replaceEvent(world, calendar, call.params.eventId, body, {
    actor: 'app',
    ifMatch: call.headers['if-match'],
  });
  return written(world, calendar, call, body, event);
}

/** `PATCH calendars/{calendarId}/events/{eventId}` */
export function patch(world: World, call: AuthorizedCall): ApiReply {
  const calendar = reachCalendar(world, call);
  takeWrite(world, calendar, call);
  const body = call.json();
  const event = patchEvent(world, calendar, call.params.eventId, body, {
    actor: 'app',
    ifMatch: call.headers['if-match'],
  });
  return written(world, calendar, call, body, event);
}

/** `DELETE calendars/{calendarId}/events/{eventId}` */
export function remove(world: World, call: AuthorizedCall): ApiReply {
  const calendar = reachCalendar(world, call);
  takeWrite(world, calendar, call);
  flagMails(call);
  removeEvent(world, calendar, call.params.eventId, call.headers['if-match']);
  return NO_CONTENT;
}

function reachCalendar(world: World, call: AuthorizedCall): Calendar {
  const calendar = findCalendar(world.state, call.token.email, call.params.calendarId);
  if (!calendar) throw notFound();
  requireReach(call.token, calendar, call.scopes);
  return calendar;
}

function takeWrite(world: World, calendar: Calendar, call: AuthorizedCall): void {
  if (world.state.accounts.get(call.token.email)?.quotaExceeded) throw usageLimit();
  world.quota.takeWrite(calendar.id);
}

function written(
  world: World,
  calendar: Calendar,
  call: AuthorizedCall,
  body: JsonObject,
  event: StoredEvent,
): ApiReply {
  call.flags.push(...flagsOf(body, event));
  flagMails(call);
  return ok(eventResource(world, event, calendar));
}

function refuseCancelled(body: JsonObject): void {
  if (body['status'] === 'cancelled') throw invalid('Invalid value for: status');
}

function flagMails(call: AuthorizedCall): void {
  const sendUpdates = call.query.get('sendUpdates');
  if (sendUpdates !== null && sendUpdates !== 'none') call.flags.push('MAILS ASKED FOR: sendUpdates is not none');
}
