import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { EventContent } from '../../domain/event-content.ts';
import type { EventKey, ManagedFields } from '../../sync/provider.ts';
import { escapedHtml } from '../kit/html.ts';
import { clip, plainLine, plainText } from '../kit/text.ts';
import { webAddress } from '../kit/web-address.ts';
import { DESCRIPTION_LENGTH, LINE_LENGTH, REMINDER_MINUTES } from './limits.ts';
import type { GoogleEvent } from './schema.ts';

const timeSchema = z.strictObject({ dateTime: z.string(), timeZone: z.string() });

/** The fields that we manage, as we send them. Keys are in the order in which they are hashed. */
const fieldsSchema = z.strictObject({
  summary: z.string(),
  /** HTML. */
  description: z.string(),
  location: z.string(),
  /** Wall time without offset, or the instant with `Z` where the wall time happens twice. */
  start: timeSchema,
  end: timeSchema,
  transparency: z.enum(['opaque', 'transparent']),
  visibility: z.enum(['default', 'private']),
  /** Minutes before the start; `null`: the calendar's own default. */
  reminderMinutes: z.number().nullable(),
  source: z.strictObject({ title: z.string(), url: z.string() }).nullable(),
});

export type GoogleFields = z.infer<typeof fieldsSchema>;

/** What marks an event as ours. `vcReminders` is the reminder that we set last: its owner may have chosen another. */
interface Marks {
  vcLink: string;
  vcGeneration: string;
  vcReminders: string;
}

/**
 * The id under which an event is created: known before the call, so that a repeated insert meets itself (409). Google
 * takes `a`–`v` and digits, 5–1024 of them (https://developers.google.com/workspace/calendar/api/v3/reference/events/insert).
 */
export function eventId(key: EventKey): string {
  return `vc${createHash('sha256').update(`${key.link}:${key.generation}`).digest('hex').slice(0, 40)}`;
}

/** Content in Google's form. Pure. */
export function normalise(content: EventContent): GoogleFields {
  return {
    summary: clip(plainLine(content.title), LINE_LENGTH).trimEnd(),
    description: toHtml(plainText(content.description)),
    location: clip(plainLine(content.location), LINE_LENGTH).trimEnd(),
    start: toTime(content.startsWall, content.startsAt, content.startsTwice, content.timeZone),
    end: toTime(content.endsWall, content.endsAt, content.endsTwice, content.timeZone),
    transparency: content.busy ? 'opaque' : 'transparent',
    visibility: content.private ? 'private' : 'default',
    reminderMinutes:
      content.reminderMinutes === null ? null : Math.min(Math.max(content.reminderMinutes, 0), REMINDER_MINUTES),
    source: toSource(content.url),
  };
}

/** Fields that `normalise` made, back from their general type. @throws when they are another provider's */
export function toFields(fields: ManagedFields): GoogleFields {
  return fieldsSchema.parse(fields);
}

/** The resource of a new event. */
export function newEvent(key: EventKey, fields: GoogleFields): Record<string, unknown> {
  return {
    id: eventId(key),
    ...managedPart(fields),
    reminders: toReminders(fields.reminderMinutes),
    extendedProperties: { private: marks(key, fields) },
  };
}

/**
 * The whole resource of a changed event: ours where we manage it, everything else as its owner left it. Reminders are
 * the owner's from the creation on; ours are sent again only when our own setting has changed since.
 */
export function mergedEvent(event: GoogleEvent, key: EventKey, fields: GoogleFields): Record<string, unknown> {
  const { kind: _, etag: __, htmlLink: ___, created: ____, updated: _____, source: ______, ...kept } = event;
  const ours = marks(key, fields);
  const before = event.extendedProperties?.private;
  const reminders =
    before?.['vcReminders'] === ours.vcReminders ? {} : { reminders: toReminders(fields.reminderMinutes) };
  return {
    ...kept,
    ...managedPart(fields),
    ...reminders,
    extendedProperties: { ...event.extendedProperties, private: { ...before, ...ours } },
  };
}

/** Whether an event carries our marks for this key. */
export function isOurs(event: GoogleEvent, key: EventKey): boolean {
  const found = event.extendedProperties?.private;
  return found?.['vcLink'] === key.link && found['vcGeneration'] === String(key.generation);
}

/**
 * Whether an event already shows the fields, so that writing them would change nothing.
 * @param event as Google gives it when asked for its times in the zone of `fields.start`
 */
export function holds(event: GoogleEvent, key: EventKey, fields: GoogleFields): boolean {
  return (
    isOurs(event, key) &&
    event.extendedProperties?.private?.['vcReminders'] === marks(key, fields).vcReminders &&
    (event.summary ?? '') === fields.summary &&
    (event.description ?? '') === fields.description &&
    (event.location ?? '') === fields.location &&
    (event.transparency ?? 'opaque') === fields.transparency &&
    (event.visibility ?? 'default') === fields.visibility &&
    (event.source?.url ?? null) === (fields.source?.url ?? null) &&
    sameTime(event.start?.dateTime, fields.start) &&
    sameTime(event.end?.dateTime, fields.end)
  );
}

function managedPart(fields: GoogleFields): Record<string, unknown> {
  const { reminderMinutes: _, source, ...managed } = fields;
  return source ? { ...managed, source } : managed;
}

function marks(key: EventKey, fields: GoogleFields): Marks {
  return {
    vcLink: key.link,
    vcGeneration: String(key.generation),
    vcReminders: String(fields.reminderMinutes ?? 'default'),
  };
}

function toReminders(minutes: number | null): Record<string, unknown> {
  if (minutes === null) return { useDefault: true };
  return { useDefault: false, overrides: [{ method: 'popup', minutes }] };
}

/** Google shows descriptions as HTML. */
function toHtml(text: string): string {
  return clip(escapedHtml(text), DESCRIPTION_LENGTH).trimEnd();
}

function toTime(wall: string, at: Date, twice: boolean, timeZone: string): { dateTime: string; timeZone: string } {
  return { dateTime: twice ? `${at.toISOString().slice(0, 19)}Z` : wall, timeZone };
}

/** Google takes web addresses only, and shows the title as the link. */
function toSource(url: string | null): GoogleFields['source'] {
  const address = webAddress(url);
  return address === null ? null : { title: 'Open the appointment', url: address };
}

/** Google gives times with an offset, in the zone that was asked for. */
function sameTime(theirs: string | undefined, ours: GoogleFields['start']): boolean {
  if (theirs === undefined) return false;
  if (ours.dateTime.endsWith('Z')) return Date.parse(theirs) === Date.parse(ours.dateTime);
  return theirs.slice(0, 19) === ours.dateTime;
}
