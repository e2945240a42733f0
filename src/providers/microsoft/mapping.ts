import { z } from 'zod';
import type { EventContent } from '../../domain/event-content.ts';
import type { EventKey, ManagedFields } from '../../sync/provider.ts';
import { clip, plainLine } from '../kit/text.ts';
import { bodyLines, linesOf, sameWords, toHtml } from './body-text.ts';
import { BODY_LENGTH, DEFAULT_REMINDER_MINUTES, LINE_LENGTH, REMINDER_MINUTES } from './limits.ts';
import { eventMark, isMarked, reminderSet, transactionId } from './marks.ts';
import type { GraphEvent } from './schema.ts';
import { UTC, type WindowsZones } from './windows-zones.ts';

/** The fields that we manage. Keys are in the order in which they are hashed. */
const fieldsSchema = z.strictObject({
  subject: z.string(),
  /** Lines of text; they go out as HTML. */
  text: z.string(),
  location: z.string(),
  /** Instants, `2026-12-01T08:00:00Z`: what is compared. */
  start: z.string(),
  end: z.string(),
  /** Windows name of the zone whose wall time is sent, or `UTC`. */
  timeZone: z.string(),
  showAs: z.enum(['busy', 'free']),
  sensitivity: z.enum(['normal', 'private']),
  reminderMinutes: z.number(),
});

export type MicrosoftFields = z.infer<typeof fieldsSchema>;

/** Content ↔ Graph's event, with the zone names that Exchange knows. */
export interface Mapping {
  /** Content in Graph's form. Pure. */
  normalise(content: EventContent): MicrosoftFields;
  /** The resource of a new event. */
  newEvent(key: EventKey, fields: MicrosoftFields): Record<string, unknown>;
  /** What has to be written so that an event shows the fields; `null`: nothing. */
  changesTo(event: GraphEvent, key: EventKey, fields: MicrosoftFields): Record<string, unknown> | null;
  /** The fields as an event shows them; `null` when it shows something that we never write. */
  fieldsOf(event: GraphEvent): MicrosoftFields | null;
}

/** Makes the mapping for one table of zone names. */
export function createMapping(zones: WindowsZones): Mapping {
  return { normalise, newEvent, changesTo, fieldsOf };

  function normalise(content: EventContent): MicrosoftFields {
    return {
      subject: clip(plainLine(content.title), LINE_LENGTH).trimEnd(),
      text: clip(bodyLines(content.description), BODY_LENGTH).trimEnd(),
      location: clip(plainLine(content.location), LINE_LENGTH).trimEnd(),
      start: instantText(content.startsAt),
      end: instantText(content.endsAt),
      timeZone: zoneOf(content),
      showAs: content.busy ? 'busy' : 'free',
      sensitivity: content.private ? 'private' : 'normal',
      reminderMinutes: Math.min(Math.max(content.reminderMinutes ?? DEFAULT_REMINDER_MINUTES, 0), REMINDER_MINUTES),
    };
  }

  /** A wall time that happens twice would be ambiguous under any name but UTC. */
  function zoneOf({ timeZone, startsAt, endsAt, startsTwice, endsTwice }: EventContent): string {
    return startsTwice || endsTwice ? UTC : zones.nameFor(timeZone, [startsAt, endsAt]);
  }

  function newEvent(key: EventKey, fields: MicrosoftFields): Record<string, unknown> {
    return {
      subject: fields.subject,
      body: toBody(fields),
      location: { displayName: fields.location },
      ...times(fields),
      showAs: fields.showAs,
      sensitivity: fields.sensitivity,
      ...reminder(fields),
      transactionId: transactionId(key),
      singleValueExtendedProperties: [eventMark(key, fields.reminderMinutes)],
    };
  }

  /**
   * Only what differs is sent: a PATCH leaves everything else to its owner. The reminder is the owner's from the creation
   * on; ours is sent again only when our own setting has changed since.
   */
  function changesTo(event: GraphEvent, key: EventKey, fields: MicrosoftFields): Record<string, unknown> | null {
    const changes: Record<string, unknown> = {};
    if ((event.subject ?? '') !== fields.subject) changes['subject'] = fields.subject;
    if (!keepsItsBody(event) && !sameWords(linesOf(event.body), fields.text)) changes['body'] = toBody(fields);
    if ((event.location?.displayName ?? '') !== fields.location) changes['location'] = { displayName: fields.location };
    if (!sameTimes(event, fields)) Object.assign(changes, times(fields));
    if (event.showAs !== fields.showAs) changes['showAs'] = fields.showAs;
    if (event.sensitivity !== fields.sensitivity) changes['sensitivity'] = fields.sensitivity;
    if (reminderSet(event) !== fields.reminderMinutes) Object.assign(changes, reminder(fields));
    if (!isMarked(event, key, fields.reminderMinutes)) {
      changes['singleValueExtendedProperties'] = [eventMark(key, fields.reminderMinutes)];
    }
    return Object.keys(changes).length === 0 ? null : changes;
  }

  function times(fields: MicrosoftFields): Record<string, unknown> {
    const { timeZone } = fields;
    const time = (at: string): object => ({ dateTime: zones.toWall(timeZone, new Date(at)), timeZone });
    return { start: time(fields.start), end: time(fields.end) };
  }
}

/** Fields that `normalise` made, back from their general type. @throws when they are another provider's */
export function toFields(fields: ManagedFields): MicrosoftFields {
  return fieldsSchema.parse(fields);
}

/** Whether the answer to a creation shows the fields. It tells nothing of marks, and need not be in the form of a read. */
export function echoes(event: GraphEvent, fields: MicrosoftFields): boolean {
  const seen = fieldsOf(event);
  return (
    seen !== null &&
    sameWords(seen.text, fields.text) &&
    seen.subject === fields.subject &&
    seen.location === fields.location &&
    sameTimes(event, fields) &&
    seen.showAs === fields.showAs &&
    seen.sensitivity === fields.sensitivity &&
    seen.reminderMinutes === fields.reminderMinutes
  );
}

function fieldsOf(event: GraphEvent): MicrosoftFields | null {
  const { isReminderOn, reminderMinutesBeforeStart, start, end } = event;
  if (event.isOnlineMeeting || !isReminderOn || start?.timeZone !== UTC || end?.timeZone !== UTC) return null;
  const shown = fieldsSchema.safeParse({
    subject: event.subject ?? '',
    text: linesOf(event.body),
    location: event.location?.displayName ?? '',
    start: utc(start.dateTime),
    end: utc(end.dateTime),
    timeZone: event.originalStartTimeZone ?? UTC,
    showAs: event.showAs,
    sensitivity: event.sensitivity,
    reminderMinutes: reminderMinutesBeforeStart,
  });
  return shown.success ? shown.data : null;
}

/** When its owner has made an online meeting of it, the body carries the meeting: without that part it would end. */
function keepsItsBody(event: GraphEvent): boolean {
  return event.isOnlineMeeting === true;
}

function sameTimes(event: GraphEvent, fields: MicrosoftFields): boolean {
  return utc(event.start?.dateTime) === fields.start && utc(event.end?.dateTime) === fields.end;
}

function toBody({ text }: MicrosoftFields): object {
  return { contentType: 'html', content: toHtml(text) };
}

function reminder({ reminderMinutes }: MicrosoftFields): object {
  return { isReminderOn: true, reminderMinutesBeforeStart: reminderMinutes };
}

function instantText(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

/** Times come without a zone and with seven digits of a second: `2026-12-01T08:00:00.0000000`. */
function utc(dateTime: string | undefined): string {
  return dateTime === undefined ? '' : `${dateTime.slice(0, 19)}Z`;
}
