import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../kit/json.ts';
import { newDraft, patchedDraft } from './event-fields.ts';
import type { EventChange } from './event-fields.ts';
import { mergeProperties } from './extended-properties.ts';
import { GraphError, itemNotFound } from './graph-error.ts';
import { idIn } from './event-view.ts';
import { eventId } from './ids.ts';
import type { IdSpace } from './ids.ts';
import { sendMails } from './mails.ts';
import { changeKeyOf, nextRevision } from './state.ts';
import type { Calendar, Mailbox, StoredEvent } from './state.ts';
import { nowOf } from './world.ts';
import type { World } from './world.ts';

// Seen in the wild: the new item's key changes once more within seconds.
const SETTLES_WITHIN_MS = 4000;
const SETTLES_AFTER_MS = 1000;

/** Adds an event. A repetition of the same create by its `transactionId` answers the event that is there. Throws GraphError 400, 409. */
export function createEvent(
  world: World,
  mailbox: Mailbox,
  calendar: Calendar,
  change: EventChange,
  ids: IdSpace,
): StoredEvent {
  const draft = newDraft(change);
  const createdFrom = { ...draft, calendarId: calendar.id, properties: change.properties } as unknown as JsonObject;
  const earlier = change.transactionId === null ? null : findByTransaction(world, mailbox, change.transactionId);
  if (earlier) {
    if (!earlier.deleted && isDeepStrictEqual(earlier.createdFrom, createdFrom)) return earlier;
    throw duplicateTransaction(world, idIn(ids, earlier));
  }
  const event = newEvent(world, mailbox, { calendarId: calendar.id, draft, properties: change.properties });
  if (change.transactionId !== null) holdTransaction(mailbox, event, change.transactionId);
  event.createdFrom = createdFrom;
  if (world.settings.changeKeySettles) {
    event.settlesAt = event.created + SETTLES_AFTER_MS + Math.floor(world.random.next() * SETTLES_WITHIN_MS);
    mailbox.unsettled.add(event.id);
  }
  sendMails(world, mailbox, 'invitation', draft.subject, draft.attendees);
  return event;
}

/** Adds an event as Outlook does for the person: it writes a `transactionId` of its own. Throws GraphError 400. */
export function createOwnEvent(world: World, mailbox: Mailbox, calendar: Calendar, change: EventChange): StoredEvent {
  const event = newEvent(world, mailbox, {
    calendarId: calendar.id,
    draft: newDraft(change),
    properties: change.properties,
  });
  holdTransaction(mailbox, event, change.transactionId ?? `localevent:${event.iCalUId.slice(-24)}`);
  return event;
}

/** Changes the given fields. Throws GraphError 400, 412. */
export function patchEvent(
  world: World,
  mailbox: Mailbox,
  event: StoredEvent,
  change: EventChange,
  ifMatch?: string,
): StoredEvent {
  requireMatch(event, ifMatch);
  const before = event.draft;
  event.draft = patchedDraft(before, change);
  event.properties = mergeProperties(event.properties, change.properties);
  record(world, mailbox, event);
  tellAttendees(world, mailbox, before.attendees, event, change);
  return event;
}

/** Deletes an event; a second time it is not there. Throws GraphError 412. */
export function deleteEvent(world: World, mailbox: Mailbox, event: StoredEvent, ifMatch?: string): void {
  requireMatch(event, ifMatch);
  event.deleted = true;
  event.settlesAt = null;
  record(world, mailbox, event);
  sendMails(world, mailbox, 'cancellation', event.draft.subject, event.draft.attendees);
}

/** Moves an event to another calendar, or back out of the deleted items: its default id changes, the immutable one stays. */
export function moveEvent(world: World, mailbox: Mailbox, event: StoredEvent, calendar: Calendar): void {
  const changed = nextRevision(world.state);
  if (event.calendarId !== calendar.id) event.formerCalendarIds.push(event.calendarId);
  event.calendarId = calendar.id;
  event.defaultId = eventId('default', mailbox.email, event.ordinal, changed);
  event.deleted = false;
  record(world, mailbox, event);
}

/** The living event under an id of either space. Throws GraphError 404. */
export function requireEvent(mailbox: Mailbox, id: string): StoredEvent {
  const event = mailbox.events.get(id) ?? [...mailbox.events.values()].find((one) => one.defaultId === id);
  if (!event || event.deleted) throw itemNotFound();
  return event;
}

/** Lets Exchange do what it does by itself: the change keys of young events change when their time has come. */
export function settle(world: World, mailbox: Mailbox): void {
  const now = nowOf(world);
  for (const id of mailbox.unsettled) {
    const event = mailbox.events.get(id);
    const at = event?.settlesAt ?? null;
    if (at !== null && at > now) continue;
    mailbox.unsettled.delete(id);
    if (!event || at === null) continue;
    event.settlesAt = null;
    record(world, mailbox, event, at);
  }
}

function newEvent(
  world: World,
  mailbox: Mailbox,
  given: Pick<StoredEvent, 'calendarId' | 'draft' | 'properties'>,
): StoredEvent {
  const now = nowOf(world);
  const ordinal = nextOrdinal(world);
  const event: StoredEvent = {
    ...given,
    id: eventId('immutable', mailbox.email, ordinal),
    defaultId: eventId('default', mailbox.email, ordinal),
    iCalUId: `040000008200E00074C5B7101A82E008${world.random.text(48, '0123456789ABCDEF')}`,
    formerCalendarIds: [],
    createdFrom: null,
    transactionId: null,
    changeKey: '',
    created: now,
    lastModified: now,
    settlesAt: null,
    deleted: false,
    revision: 0,
    ordinal,
  };
  mailbox.events.set(event.id, event);
  record(world, mailbox, event);
  return event;
}

function nextOrdinal(world: World): number {
  world.state.ordinal += 1;
  return world.state.ordinal;
}

function findByTransaction(world: World, mailbox: Mailbox, transactionId: string): StoredEvent | null {
  const event = mailbox.events.get(mailbox.transactions.get(transactionId) ?? '');
  if (!event || (event.deleted && world.settings.transactionAfterDelete === 'free')) return null;
  return event;
}

function holdTransaction(mailbox: Mailbox, event: StoredEvent, transactionId: string): void {
  event.transactionId = transactionId;
  mailbox.transactions.set(transactionId, event.id);
}

function duplicateTransaction(world: World, earlierId: string): GraphError {
  const { status, namesEvent } = world.settings.duplicateTransaction;
  return new GraphError(
    status,
    'ErrorDuplicateTransactionId',
    'Your request cannot be completed: the provided transactionId was already used to create a different event.',
    { extra: namesEvent ? { '@event.existingEventId': earlierId } : {} },
  );
}

function requireMatch(event: StoredEvent, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch === '*' || ifMatch === `W/"${event.changeKey}"`) return;
  throw new GraphError(
    412,
    'ErrorIrresolvableConflict',
    'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.',
  );
}

function tellAttendees(
  world: World,
  mailbox: Mailbox,
  before: readonly JsonObject[],
  event: StoredEvent,
  change: EventChange,
): void {
  const { subject, attendees } = event.draft;
  const known = before.map(addressOf);
  const added = attendees.filter((attendee) => !known.includes(addressOf(attendee)));
  const now = attendees.map(addressOf);
  const dropped = before.filter((attendee) => !now.includes(addressOf(attendee)));
  const onlyAttendees = Object.keys(change.fields).every((name) => name === 'attendees');
  sendMails(world, mailbox, 'invitation', subject, added);
  sendMails(world, mailbox, 'cancellation', subject, dropped);
  if (onlyAttendees) return;
  const kept = attendees.filter((attendee) => known.includes(addressOf(attendee)));
  sendMails(world, mailbox, 'update', subject, kept);
}

function addressOf(attendee: JsonObject): string {
  return JSON.stringify((attendee['emailAddress'] as JsonObject | undefined)?.['address'] ?? null).toLowerCase();
}

function record(world: World, mailbox: Mailbox, event: StoredEvent, at = nowOf(world)): void {
  event.revision = nextRevision(world.state);
  event.changeKey = changeKeyOf(event.revision);
  event.lastModified = at;
  mailbox.changes.push({ revision: event.revision, eventId: event.id, at });
  if (mailbox.changes.length > 2 * mailbox.events.size + 1000) dropStaleChanges(mailbox);
  world.changed();
}

function dropStaleChanges(mailbox: Mailbox): void {
  mailbox.changes = mailbox.changes.filter(
    ({ eventId: id, revision }) => mailbox.events.get(id)?.revision === revision,
  );
}
