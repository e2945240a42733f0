import ICAL from 'ical.js';
import type { Zones } from '../../zones/zones.ts';
import { readComponent, valueIn, type Component } from './lines.ts';
import { addressOf, lineOf, textOf, type CaldavFields } from './mapping.ts';
import { REMINDER_MARK, reminderMark } from './marks.ts';

/** An object of a server that holds the event of a UID, as its lines and as what they mean. */
export interface FoundEvent {
  calendar: Component;
  /** The part of `calendar` that is the event itself; changed occurrences of a series that its owner made stand beside it. */
  event: Component;
  meaning: ICAL.Component;
}

/** Finds the event in an object; `null` when it can't be read, or holds another event. */
export function findEvent(text: string, uid: string): FoundEvent | null {
  const calendar = readComponent(text);
  const event = calendar?.parts.find((part) => isMaster(part, uid));
  if (!calendar || !event) return null;
  try {
    const parts = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');
    const meaning = parts.find((part) => text1(part, 'uid') === uid && !part.hasProperty('recurrence-id'));
    return meaning ? { calendar, event, meaning } : null;
  } catch {
    return null;
  }
}

function isMaster(part: Component, uid: string): boolean {
  return part.name === 'VEVENT' && valueIn(part, 'UID') === uid && valueIn(part, 'RECURRENCE-ID') === null;
}

/** Whether an event shows the fields already, so that writing them would change nothing. */
export function holds(found: FoundEvent, fields: CaldavFields, zones: Zones): boolean {
  const { event, meaning } = found;
  return (
    showsTexts(found, fields) &&
    showsTime(meaning, 'dtstart', fields.startsAt, zones) &&
    showsTime(meaning, 'dtend', fields.endsAt, zones) &&
    addressOf(text1(meaning, 'url')) === fields.url &&
    isPrivate(meaning) === fields.private &&
    (text1(meaning, 'transp')?.toUpperCase() !== 'TRANSPARENT') === fields.busy &&
    text1(meaning, 'status')?.toUpperCase() !== 'CANCELLED' &&
    // Servers that keep no properties but those of the standard would have it written for ever.
    (valueIn(event, REMINDER_MARK) ?? reminderMark(fields.reminderMinutes)) === reminderMark(fields.reminderMinutes)
  );
}

function showsTexts({ meaning }: FoundEvent, fields: CaldavFields): boolean {
  return (
    lineOf(text1(meaning, 'summary') ?? '') === fields.summary &&
    textOf(text1(meaning, 'description') ?? '') === fields.description &&
    showsPlace(meaning, fields)
  );
}

/** Whether the place is the one of the fields. */
export function showsPlace(meaning: ICAL.Component, fields: CaldavFields): boolean {
  return lineOf(text1(meaning, 'location') ?? '') === fields.location;
}

/** Whether the description is the one of the fields. */
export function showsDescription(meaning: ICAL.Component, fields: CaldavFields): boolean {
  return textOf(text1(meaning, 'description') ?? '') === fields.description;
}

/** What is confidential is private as well; its owner wanted more of it. */
function isPrivate(meaning: ICAL.Component): boolean {
  return ['PRIVATE', 'CONFIDENTIAL'].includes(text1(meaning, 'class')?.toUpperCase() ?? '');
}

/**
 * Half of all readers obey the definition of a zone that stands in the object, half look its name up in data of their own:
 * a time is right when it is right for both.
 */
function showsTime(meaning: ICAL.Component, name: 'dtstart' | 'dtend', instant: string, zones: Zones): boolean {
  const property = meaning.getFirstProperty(name);
  const value: unknown = property?.getFirstValue();
  if (!property || !(value instanceof ICAL.Time) || value.isDate) return false;
  const wanted = Date.parse(instant);
  const tzid = property.getFirstParameter('tzid');
  const defined = value.zone === ICAL.Timezone.localTimezone ? null : value.toUnixTime() * 1000;
  const known = tzid ? instantsByName(value, tzid, zones) : [];
  if (defined === null && known.length === 0) return false;
  return (defined === null || defined === wanted) && (known.length === 0 || known.includes(wanted));
}

/** None for a zone that we do not know; two where the time happens twice. */
function instantsByName(value: ICAL.Time, tzid: string, zones: Zones): number[] {
  const zone = zones.canonical(tzid);
  if (!zones.has(zone)) return [];
  const resolved = zones.toInstant(zone, value.toString().slice(0, 19));
  if (resolved.kind === 'twice') return [resolved.earlier.getTime(), resolved.later.getTime()];
  return [(resolved.kind === 'one' ? resolved.instant : resolved.shifted).getTime()];
}

function text1(component: ICAL.Component, name: string): string | null {
  const value: unknown = component.getFirstPropertyValue(name);
  return typeof value === 'string' ? value : null;
}
