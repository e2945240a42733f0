import type { JsonObject } from '../kit/json.ts';
import { dropCalendar, makeCalendar, requireName } from './calendar-operations.ts';
import { readChange } from './event-fields.ts';
import { createOwnEvent, deleteEvent, moveEvent, patchEvent, settle } from './event-store.ts';
import { eventResource } from './event-view.ts';
import { GraphError, itemNotFound } from './graph-error.ts';
import { defaultCalendar } from './state.ts';
import type { Account, Calendar, Mailbox, StoredEvent } from './state.ts';
import type { World } from './world.ts';

/** A person with their mailbox, as they sit before Outlook. */
export interface Person {
  account: Account;
  mailbox: Mailbox;
}

/** Somebody's mailbox. Throws GraphError 404 for an unknown account. */
export function requirePerson(world: World, email: string): Person {
  const account = world.state.accounts.get(email);
  const mailbox = world.state.mailboxes.get(email);
  if (!account || !mailbox) throw new GraphError(404, 'ErrorInvalidUser', `The requested user '${email}' is invalid.`);
  settle(world, mailbox);
  return { account, mailbox };
}

/** A calendar by its id or name; `primary` is the default one. Throws GraphError 404. */
export function requireCalendar(mailbox: Mailbox, wanted: string): Calendar {
  if (wanted === 'primary') return defaultCalendar(mailbox);
  const named = [...mailbox.calendars.values()].find((calendar) => calendar.name === wanted);
  const calendar = mailbox.calendars.get(wanted) ?? named;
  if (!calendar) throw itemNotFound();
  return calendar;
}

/** The event as the control shows it: immutable id, UTC, with all its extended properties. */
export function fullResource(world: World, account: Account, event: StoredEvent): JsonObject {
  const resource = eventResource(world, account, event, { ids: 'immutable', timeZone: null, textBody: false });
  const properties = event.properties.map((property) => ({ ...property }));
  return properties.length === 0 ? resource : { ...resource, singleValueExtendedProperties: properties };
}

/** Adds an event as the person would in Outlook. Throws GraphError 400, 404. */
export function createAsPerson(world: World, email: string, calendarId: string, event: JsonObject): JsonObject {
  const { account, mailbox } = requirePerson(world, email);
  const change = readChange(event, 'create');
  const made = createOwnEvent(world, mailbox, requireCalendar(mailbox, calendarId), change);
  return fullResource(world, account, made);
}

/** Changes an event as the person: no scopes, no limits, no If-Match. Throws GraphError 400, 404. */
export function editAsPerson(world: World, email: string, eventId: string, patch: JsonObject): JsonObject {
  const { account, mailbox } = requirePerson(world, email);
  const event = patchEvent(world, mailbox, eventOf(mailbox, eventId), readChange(patch, 'patch'));
  return fullResource(world, account, event);
}

/** Moves an event to another calendar of the person. Throws GraphError 404. */
export function moveAsPerson(world: World, email: string, eventId: string, calendarId: string): JsonObject {
  const { account, mailbox } = requirePerson(world, email);
  const event = eventOf(mailbox, eventId);
  moveEvent(world, mailbox, event, requireCalendar(mailbox, calendarId));
  return fullResource(world, account, event);
}

/** Deletes an event as the person. Throws GraphError 404. */
export function removeAsPerson(world: World, email: string, eventId: string): void {
  const { mailbox } = requirePerson(world, email);
  deleteEvent(world, mailbox, eventOf(mailbox, eventId));
}

/** Takes an event back out of the deleted items: same immutable id, another default id. Throws GraphError 404. */
export function restoreAsPerson(world: World, email: string, eventId: string): JsonObject {
  const { account, mailbox } = requirePerson(world, email);
  const event = mailbox.events.get(eventId);
  if (!event?.deleted) throw itemNotFound();
  const calendar = mailbox.calendars.get(event.calendarId) ?? defaultCalendar(mailbox);
  moveEvent(world, mailbox, event, calendar);
  return fullResource(world, account, event);
}

/** Adds a calendar as the person. Throws GraphError 409. */
export function addCalendarAsPerson(world: World, email: string, name: string): Calendar {
  const { mailbox } = requirePerson(world, email);
  return makeCalendar(world, mailbox, requireName(mailbox, name));
}

/** Deletes a calendar as the person; the default one is emptied. Throws GraphError 403, 404. */
export function removeCalendarAsPerson(world: World, email: string, calendarId: string): void {
  const { mailbox } = requirePerson(world, email);
  const calendar = requireCalendar(mailbox, calendarId);
  if (!calendar.isDefault) return dropCalendar(world, mailbox, calendar);
  for (const event of mailbox.events.values()) {
    if (!event.deleted && event.calendarId === calendar.id) deleteEvent(world, mailbox, event);
  }
}

/** The living events of a calendar in order of creation. */
export function livingEvents(mailbox: Mailbox, calendar: Calendar): StoredEvent[] {
  return [...mailbox.events.values()].filter((event) => !event.deleted && event.calendarId === calendar.id);
}

/** What the person finds among the deleted items, the latest first. */
export function deletedEvents(mailbox: Mailbox): StoredEvent[] {
  return [...mailbox.events.values()]
    .filter((event) => event.deleted)
    .toSorted((one, other) => other.revision - one.revision);
}

function eventOf(mailbox: Mailbox, eventId: string): StoredEvent {
  const event = mailbox.events.get(eventId);
  if (!event || event.deleted) throw itemNotFound();
  return event;
}
