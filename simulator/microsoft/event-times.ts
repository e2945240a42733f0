import { isObject } from '../kit/json.ts';
import type { Json, JsonObject } from '../kit/json.ts';
import { instantOf, offsetAt, parseDateTime } from '../kit/time-zone.ts';
import { GraphError, badRequest, invalidProperty, timeZoneNotSupported } from './graph-error.ts';
import { zoneOf } from './zone-names.ts';

/** One end of an event. */
export interface EventTime {
  /** Wall time as given, read as if it were UTC, in milliseconds. */
  wallMs: number;
  /** Name as given. */
  timeZone: string;
  /** The instant in milliseconds since the epoch. */
  ms: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Reads a `dateTimeTimeZone`. Throws GraphError 400. */
export function readTime(value: Json, name: string): EventTime {
  if (!isObject(value)) throw invalidProperty(`The property '${name}' must be an object.`);
  for (const key of Object.keys(value)) {
    if (key !== 'dateTime' && key !== 'timeZone' && !key.startsWith('@odata.')) {
      throw badRequest(
        `The property '${key}' does not exist on type 'microsoft.graph.dateTimeTimeZone'.`,
        'RequestBodyRead',
      );
    }
  }
  const { dateTime, timeZone } = value;
  if (typeof timeZone !== 'string') throw invalidProperty(`The property 'timeZone' of '${name}' is required.`);
  const zone = zoneOf(timeZone);
  if (zone === null) throw timeZoneNotSupported(timeZone);
  const parsed = typeof dateTime === 'string' ? parseDateTime(dateTime) : null;
  // A wall time has no offset; what the real service makes of one is not worth relying on.
  if (!parsed || parsed.offsetMinutes !== null) {
    throw invalidProperty(`The property 'dateTime' of '${name}' must be a date and time without an offset.`);
  }
  return { wallMs: parsed.wallMs, timeZone, ms: instantOf(parsed.wallMs, zone) };
}

/** Checks both ends together. Throws GraphError 400. */
export function requireOrder(start: EventTime, end: EventTime, isAllDay: boolean): void {
  if (isAllDay) {
    if (start.timeZone !== end.timeZone) throw invalidProperty('An all-day event must begin and end in the same zone.');
    if (start.wallMs % DAY !== 0 || end.wallMs % DAY !== 0) {
      throw invalidProperty("The 'start' and 'end' of an all-day event must be at midnight.");
    }
    if (end.wallMs <= start.wallMs) throw invalidProperty('The duration of an all-day event must be at least a day.');
  } else if (end.ms < start.ms) {
    throw new GraphError(
      400,
      'ErrorCalendarEndDateIsEarlierThanStartDate',
      'The end of the event lies before its start.',
    );
  }
}

/** An end of an event as Graph gives it: seven digits of fraction, no offset, in the zone asked for (UTC when null). */
export function renderTime(time: EventTime, isAllDay: boolean, timeZone: string | null): JsonObject {
  const zone = zoneOf(timeZone ?? 'UTC') ?? 'Etc/UTC';
  // A whole day is the same day everywhere.
  const wallMs = isAllDay ? time.wallMs : time.ms + offsetAt(zone, time.ms) * MINUTE;
  return { dateTime: `${new Date(wallMs).toISOString().slice(0, 19)}.0000000`, timeZone: timeZone ?? 'UTC' };
}
