import { isDeepStrictEqual } from 'node:util';
import { ApiError, conditionNotMet, forbidden, invalid, notFound } from './api-error.ts';
import { readDraft } from './event-fields.ts';
import type { EventDraft } from './event-fields.ts';
import { sameTime } from './event-times.ts';
import { writableBody } from './event-view.ts';
import { isObject } from '../kit/json.ts';
import type { Json, JsonObject } from '../kit/json.ts';
import { etagOf, nextRevision } from './state.ts';
import type { Calendar, StoredEvent } from './state.ts';
import type { World } from './world.ts';

/** Who changes an event: an app is held to the switches of the simulator, the person is not. */
export type Actor = 'app' | 'person';

/** The alphabet of base32hex (RFC 4648 section 7) in lower case: what Google allows in event ids. */
const BASE32HEX = '0123456789abcdefghijklmnopqrstuv';
// Google's rule for ids chosen by the caller (discovery document, Event.id).
const EVENT_ID = /^[a-v0-9]{5,1024}$/;

/** Adds an event. Throws ApiError 400, or 409 `duplicate` when the id was ever used, tombstones included. */
export function insertEvent(world: World, calendar: Calendar, body: JsonObject): StoredEvent {
  const draft = readDraft(body);
  const id = chosenId(world, body);
  if (calendar.events.has(id) || calendar.spentIds.has(id)) throw duplicate();
  const iCalUID = chosenUid(calendar, body, id);
  const now = world.clock.now().getTime();
  const event: StoredEvent = {
    ...draft,
    id,
    iCalUID,
    sequence: typeof body['sequence'] === 'number' ? body['sequence'] : 0,
    etag: '',
    created: Math.floor(now / 1000) * 1000,
    updated: now,
    revision: 0,
    ordinal: world.state.revision,
  };
  calendar.events.set(id, event);
  record(world, calendar, event);
  return event;
}

/** The event or its tombstone. Throws ApiError 404. */
export function requireEvent(calendar: Calendar, id: string): StoredEvent {
  const event = calendar.events.get(id);
  if (!event) throw notFound();
  return event;
}

/** Replaces the whole event (PUT). Throws ApiError 400, 403, 404, 412. */
export function replaceEvent(
  world: World,
  calendar: Calendar,
  id: string,
  body: JsonObject,
  options: { actor: Actor; ifMatch?: string | undefined },
): StoredEvent {
  const event = requireEvent(calendar, id);
  requireMatch(event, options.ifMatch);
  requireUndelete(world, event, options.actor);
  if (typeof body['id'] === 'string' && body['id'] !== id) throw invalid('Invalid resource id value.');
  if (options.actor === 'app') requireSequence(world, event, body['sequence']);
  // Leaving out the status of a tombstone does not bring it back to life.
  const status = body['status'] ?? (event.status === 'cancelled' ? 'cancelled' : 'confirmed');
  return overwrite(world, calendar, event, readDraft({ ...body, status }), body['sequence']);
}

/** Changes the named fields (PATCH): objects merge, arrays replace, null clears. Throws as `replaceEvent`. */
export function patchEvent(
  world: World,
  calendar: Calendar,
  id: string,
  patch: JsonObject,
  options: { actor: Actor; ifMatch?: string | undefined },
): StoredEvent {
  const event = requireEvent(calendar, id);
  requireMatch(event, options.ifMatch);
  requireUndelete(world, event, options.actor);
  const body = merge(writableBody(event, calendar), patch);
  if (typeof patch['sequence'] === 'number') requireSequence(world, event, patch['sequence']);
  return overwrite(world, calendar, event, readDraft(body), body['sequence']);
}

/** Leaves a tombstone. Throws ApiError 404, 410 `deleted` for a tombstone, 412. */
export function removeEvent(world: World, calendar: Calendar, id: string, ifMatch?: string): StoredEvent {
  const event = requireEvent(calendar, id);
  if (event.status === 'cancelled') throw new ApiError(410, 'deleted', 'Resource has been deleted');
  requireMatch(event, ifMatch);
  event.status = 'cancelled';
  event.sequence += 1;
  event.updated = world.clock.now().getTime();
  record(world, calendar, event);
  return event;
}

/** Forgets all tombstones, as Google does some day; their ids can still not be used again. */
export function purgeTombstones(calendar: Calendar): number {
  const dead = [...calendar.events.values()].filter((event) => event.status === 'cancelled');
  for (const event of dead) {
    calendar.events.delete(event.id);
    calendar.spentIds.add(event.id);
  }
  return dead.length;
}

function chosenId(world: World, body: JsonObject): string {
  const given = body['id'];
  // Ids made by Google have 26 characters of base32hex.
  if (given === undefined || given === null) return world.random.text(26, BASE32HEX);
  if (typeof given !== 'string' || !EVENT_ID.test(given)) throw invalid('Invalid resource id value.');
  if (body['iCalUID']) throw invalid('Only one of id and iCalUID may be given.');
  return given;
}

function chosenUid(calendar: Calendar, body: JsonObject, id: string): string {
  const given = body['iCalUID'];
  if (given === undefined || given === null) return `${id}@google.com`;
  if (typeof given !== 'string' || given === '') throw invalid('Invalid value for: iCalUID');
  for (const event of calendar.events.values()) if (event.iCalUID === given) throw duplicate();
  return given;
}

function duplicate(): ApiError {
  return new ApiError(409, 'duplicate', 'The requested identifier already exists.');
}

function requireMatch(event: StoredEvent, ifMatch: string | undefined): void {
  if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== event.etag) throw conditionNotMet();
}

function requireUndelete(world: World, event: StoredEvent, actor: Actor): void {
  if (event.status === 'cancelled' && actor === 'app' && world.settings.undelete === 'forbidden') throw forbidden();
}

function requireSequence(world: World, event: StoredEvent, given: Json | undefined): void {
  const sent = typeof given === 'number' ? given : 0;
  const lenient = world.settings.sequenceOnPut === 'optional' && typeof given !== 'number';
  if (lenient || sent >= event.sequence) return;
  throw invalid(
    'Invalid sequence value. The specified sequence number is below the current sequence number of the resource. ' +
      'Re-fetch the resource and use its sequence number on the following request.',
  );
}

function overwrite(
  world: World,
  calendar: Calendar,
  event: StoredEvent,
  draft: EventDraft,
  sequence: Json | undefined,
): StoredEvent {
  if (typeof sequence === 'number') event.sequence = Math.max(event.sequence, sequence);
  if (isReschedule(event, draft, calendar.timeZone)) event.sequence += 1;
  if (!onlyRemindersDiffer(event, draft, calendar.timeZone)) event.updated = world.clock.now().getTime();
  Object.assign(event, draft);
  record(world, calendar, event);
  return event;
}

function isReschedule(event: StoredEvent, draft: EventDraft, zone: string): boolean {
  const moved = !sameTime(event.start, draft.start, zone) || !sameTime(event.end, draft.end, zone);
  const cancelled = draft.status === 'cancelled' && event.status !== 'cancelled';
  const place = event.fields['location'] !== draft.fields['location'];
  return moved || cancelled || place || !isDeepStrictEqual(event.fields['recurrence'], draft.fields['recurrence']);
}

function onlyRemindersDiffer(event: StoredEvent, draft: EventDraft, zone: string): boolean {
  const sameTimes = sameTime(event.start, draft.start, zone) && sameTime(event.end, draft.end, zone);
  if (!sameTimes || event.status !== draft.status) return false;
  const { reminders: before, ...rest } = event.fields;
  const { reminders: after, ...newRest } = draft.fields;
  return isDeepStrictEqual(rest, newRest) && !isDeepStrictEqual(before, after);
}

function record(world: World, calendar: Calendar, event: StoredEvent): void {
  event.revision = nextRevision(world.state);
  event.etag = etagOf(event.revision);
  calendar.changes.push({ revision: event.revision, eventId: event.id });
  if (calendar.changes.length > 2 * calendar.events.size + 1000) dropStaleChanges(calendar);
  world.changed();
}

function dropStaleChanges(calendar: Calendar): void {
  calendar.changes = calendar.changes.filter(
    ({ eventId, revision }) => calendar.events.get(eventId)?.revision === revision,
  );
}

function merge(target: JsonObject, patch: JsonObject): JsonObject {
  const result: JsonObject = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    const before = result[key];
    if (value === null) delete result[key];
    else result[key] = isObject(value) ? merge(isObject(before) ? before : {}, value) : value;
  }
  return result;
}
