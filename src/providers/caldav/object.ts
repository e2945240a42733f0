import type { EventKey } from '../../sync/provider.ts';
import type { Zones } from '../../zones/zones.ts';
import { utcTime } from '../ics/times.ts';
import { vtimezone } from '../ics/vtimezone.ts';
import { escapeText, paramValue } from '../ics/writer.ts';
import { showsDescription, showsPlace, type FoundEvent } from './found-event.ts';
import { readComponent, valueIn, writeComponent, zonesIn, type Component, type Line } from './lines.ts';
import type { CaldavFields } from './mapping.ts';
import { LINK_MARK, linkMark, REMINDER_MARK, reminderMark, uidOf } from './marks.ts';

/*
 * The texts that are put on a server: one event, without METHOD (RFC 4791 §4.1), ATTENDEE and ORGANIZER, which would make
 * the server invite people.
 */

/** What an event is written with beside its fields. */
export interface Writing {
  zones: Zones;
  key: EventKey;
  fields: CaldavFields;
  now: Date;
}

/** The object of a new event. */
export function newObject(writing: Writing): string {
  const calendar = component('VCALENDAR', [
    'VERSION:2.0',
    'PRODID:-//VALClean//Calendar Sync//EN',
    'CALSCALE:GREGORIAN',
  ]);
  const created = component('VEVENT', [`CREATED:${utcTime(writing.now)}`]);
  return withEvent(
    calendar,
    null,
    { ...created, ...managed(created, writing), parts: alarms(writing.fields) },
    writing,
  );
}

/**
 * The object of a changed event: ours where we manage it, everything else as others have written it. Alarms are the owner's
 * from the creation on; ours are set again only when our own setting has changed since.
 */
export function mergedObject({ calendar, event, meaning }: FoundEvent, writing: Writing): string {
  const { fields } = writing;
  const stale = new Set([
    ...(showsDescription(meaning, fields) ? [] : ['X-ALT-DESC']),
    ...(showsPlace(meaning, fields) ? [] : ['X-APPLE-STRUCTURED-LOCATION', 'GEO']),
  ]);
  const kept = { ...event, lines: event.lines.filter(({ name }) => !stale.has(name)) };
  const before = valueIn(event, REMINDER_MARK);
  const resets = before !== null && before !== reminderMark(fields.reminderMinutes);
  const parts = resets ? [...event.parts.filter(({ name }) => name !== 'VALARM'), ...alarms(fields)] : event.parts;
  return withEvent(calendar, event, { ...kept, ...managed(kept, writing), parts }, writing);
}

/** Puts the event in its place, and the definition of its zone; definitions that nothing refers to any more go. */
function withEvent(calendar: Component, old: Component | null, event: Component, { zones, fields }: Writing): string {
  const others = calendar.parts.filter((part) => part !== old && part.name !== 'VTIMEZONE');
  const used = new Set([event, ...others].flatMap((part) => [...zonesIn(part)]));
  const definitions = calendar.parts.filter((part) => {
    const zone = valueIn(part, 'TZID');
    return part.name === 'VTIMEZONE' && zone !== null && zone !== fields.zone && used.has(zone);
  });
  const own = fields.zone === null ? [] : definitionOf(zones, fields.zone, fields);
  return writeComponent({ ...calendar, parts: [...definitions, ...own, event, ...others] });
}

/** A year more on either side, so that readers that look around the event find an offset there too. */
function definitionOf(zones: Zones, zone: string, { startsAt, endsAt }: CaldavFields): Component[] {
  const years = [startsAt, endsAt].map((at) => new Date(at).getUTCFullYear());
  const text = vtimezone(zones, zone, { first: Math.min(...years) - 1, last: Math.max(...years) + 1 });
  const wrapped = readComponent(`BEGIN:VCALENDAR\r\n${text}END:VCALENDAR\r\n`);
  return wrapped?.parts ?? [];
}

const MANAGED = new Set([
  ...['UID', 'DTSTAMP', 'LAST-MODIFIED', 'SEQUENCE', 'DTSTART', 'DTEND', 'DURATION', 'SUMMARY', 'DESCRIPTION'],
  ...['LOCATION', 'URL', 'STATUS', 'CLASS', 'TRANSP', 'X-MICROSOFT-CDO-BUSYSTATUS', LINK_MARK, REMINDER_MARK],
]);

/** The lines of an event: those that we manage, then the others as they were. */
function managed(event: Component, { key, fields, now }: Writing): Pick<Component, 'lines'> {
  const sequence = Number(valueIn(event, 'SEQUENCE') ?? -1);
  const ours = [
    `UID:${uidOf(key)}`,
    `DTSTAMP:${utcTime(now)}`,
    `LAST-MODIFIED:${utcTime(now)}`,
    `SEQUENCE:${Number.isSafeInteger(sequence) ? sequence + 1 : 0}`,
    timeLine('DTSTART', fields.start, fields.zone),
    timeLine('DTEND', fields.end, fields.zone),
    ...(fields.summary === '' ? [] : [`SUMMARY:${escapeText(fields.summary)}`]),
    ...(fields.description === '' ? [] : [`DESCRIPTION:${escapeText(fields.description)}`]),
    ...(fields.location === '' ? [] : [`LOCATION:${escapeText(fields.location)}`]),
    ...(fields.url === null ? [] : [`URL:${fields.url}`]),
    'STATUS:CONFIRMED',
    ...(fields.private ? ['CLASS:PRIVATE'] : []),
    `TRANSP:${fields.busy ? 'OPAQUE' : 'TRANSPARENT'}`,
    `X-MICROSOFT-CDO-BUSYSTATUS:${fields.busy ? 'BUSY' : 'FREE'}`,
    `${LINK_MARK}:${linkMark(key)}`,
    `${REMINDER_MARK}:${reminderMark(fields.reminderMinutes)}`,
  ];
  return { lines: [...ours.map(toLine), ...event.lines.filter(({ name }) => !MANAGED.has(name))] };
}

function timeLine(name: string, time: string, zone: string | null): string {
  return zone === null ? `${name}:${time}` : `${name};TZID=${paramValue(zone)}:${time}`;
}

function alarms({ reminderMinutes: minutes }: CaldavFields): Component[] {
  if (minutes === null) return [];
  // Hours and minutes are exact; a day (`P1D`) is longer or shorter when clocks change.
  const before = minutes % 60 === 0 ? `${minutes / 60}H` : `${minutes}M`;
  return [component('VALARM', ['ACTION:DISPLAY', `TRIGGER:-PT${before}`, 'DESCRIPTION:Reminder'])];
}

function component(name: string, lines: readonly string[]): Component {
  return { name, lines: lines.map(toLine), parts: [] };
}

function toLine(text: string): Line {
  return { name: /^[A-Z0-9-]+/.exec(text)?.[0] ?? '', text };
}
