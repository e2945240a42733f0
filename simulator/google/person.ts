import { notFound } from './api-error.ts';
import { insertEvent, patchEvent, removeEvent } from './event-store.ts';
import { eventResource } from './event-view.ts';
import type { JsonObject } from '../kit/json.ts';
import { findCalendar } from './state.ts';
import type { Calendar } from './state.ts';
import type { World } from './world.ts';

/** Adds an event as the person would in their own calendar. Throws ApiError 400, 404, 409. */
export function createAsPerson(world: World, email: string, calendarId: string, event: JsonObject): JsonObject {
  const calendar = requireCalendar(world, email, calendarId);
  return eventResource(world, insertEvent(world, calendar, event), calendar);
}

/** Changes an event as the person: no quota, no scopes, no If-Match. Throws ApiError 400, 404. */
export function editAsPerson(
  world: World,
  email: string,
  calendarId: string,
  eventId: string,
  patch: JsonObject,
): JsonObject {
  const calendar = requireCalendar(world, email, calendarId);
  return eventResource(world, patchEvent(world, calendar, eventId, patch, { actor: 'person' }), calendar);
}

/** Deletes an event as the person. Throws ApiError 404, 410. */
export function removeAsPerson(world: World, email: string, calendarId: string, eventId: string): void {
  removeEvent(world, requireCalendar(world, email, calendarId), eventId);
}

/** Deletes a secondary calendar as the person; a primary one is emptied, as Google's own page does. Throws ApiError 404. */
export function removeCalendarAsPerson(world: World, email: string, calendarId: string): void {
  const calendar = requireCalendar(world, email, calendarId);
  if (!calendar.primary) {
    world.state.calendars.delete(calendar.id);
    world.changed();
    return;
  }
  for (const event of calendar.events.values())
    if (event.status !== 'cancelled') removeEvent(world, calendar, event.id);
}

/** The account's calendar. Throws ApiError 404. */
export function requireCalendar(world: World, email: string, calendarId: string): Calendar {
  const calendar = findCalendar(world.state, email, calendarId);
  if (!calendar) throw notFound();
  return calendar;
}
