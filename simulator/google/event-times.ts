import { ApiError, invalid, required } from './api-error.ts';
import { isObject } from '../kit/json.ts';
import type { Json, JsonObject } from '../kit/json.ts';
import { instantOf, isTimeZone, offsetAt, parseDate, parseDateTime, renderInstant } from '../kit/time-zone.ts';

/** One end of an event: a whole day, or an instant (milliseconds) with the zone the writer named. */
export type EventTime =
  | { kind: 'date'; date: string }
  | { kind: 'instant'; ms: number; timeZone: string | null; offsetDisagrees: boolean };

/** Start and end of an event, checked together. Throws ApiError 400 with Google's reasons. */
export function readTimes(body: JsonObject): { start: EventTime; end: EventTime } {
  const start = readTime(body['start'], 'start');
  const end = readTime(body['end'], 'end');
  if (start.kind !== end.kind) throw invalid('Start and end times must either both be date or both be dateTime.');
  refuseEmptyRange(start, end);
  if (Array.isArray(body['recurrence']) && body['recurrence'].length > 0) requireZones(start, end);
  return { start, end };
}

/** An end of an event as the API gives it, in the zone asked for; the named zone is kept beside it. */
export function renderTime(time: EventTime, zone: string, calendarZone: string): JsonObject {
  if (time.kind === 'date') return { date: time.date };
  return { dateTime: renderInstant(time.ms, zone), timeZone: time.timeZone ?? calendarZone };
}

/** The instant (milliseconds) of an end of an event; a whole day begins at midnight of the calendar's zone. */
export function instantOfTime(time: EventTime, calendarZone: string): number {
  return time.kind === 'instant' ? time.ms : instantOf(parseDate(time.date) ?? 0, calendarZone);
}

/** True when both say the same moment and zone; a zone not named is the calendar's. */
export function sameTime(one: EventTime, other: EventTime, calendarZone: string): boolean {
  if (one.kind === 'date' || other.kind === 'date') {
    return one.kind === 'date' && other.kind === 'date' && one.date === other.date;
  }
  return one.ms === other.ms && (one.timeZone ?? calendarZone) === (other.timeZone ?? calendarZone);
}

function readTime(given: Json | undefined, which: 'start' | 'end'): EventTime {
  if (!isObject(given)) throw required(`Missing ${which} time.`);
  for (const key of Object.keys(given)) {
    if (!['date', 'dateTime', 'timeZone'].includes(key)) throw invalid(`Unknown name "${key}" at ${which}.`);
  }
  const date = given['date'] ?? null;
  const dateTime = given['dateTime'] ?? null;
  if (date !== null && dateTime !== null) throw invalid(`Both date and dateTime are set in the ${which} time.`);
  const zone = readZone(given['timeZone'], which);
  if (date !== null) return readDay(date, which);
  if (typeof dateTime !== 'string') throw required(`Missing ${which} time.`);
  return readInstant(dateTime, zone, which);
}

function readZone(given: Json | undefined, which: string): string | null {
  if (given === undefined || given === null) return null;
  if (typeof given !== 'string' || !isTimeZone(given)) {
    throw invalid(`Invalid time zone definition for ${which} time.`);
  }
  return given;
}

function readDay(given: Json, which: string): EventTime {
  if (typeof given !== 'string' || parseDate(given) === null) throw invalid(`Invalid value for: ${which}.date`);
  return { kind: 'date', date: given };
}

function readInstant(text: string, timeZone: string | null, which: string): EventTime {
  const parsed = parseDateTime(text);
  if (!parsed) throw invalid(`Invalid value for: Invalid format: "${text.slice(0, 40)}"`);
  if (parsed.offsetMinutes === null) {
    if (timeZone === null) throw required(`Missing time zone definition for ${which} time.`);
    return { kind: 'instant', ms: instantOf(parsed.wallMs, timeZone), timeZone, offsetDisagrees: false };
  }
  const ms = parsed.wallMs - parsed.offsetMinutes * 60_000;
  const offsetDisagrees = timeZone !== null && offsetAt(timeZone, ms) !== parsed.offsetMinutes;
  return { kind: 'instant', ms, timeZone, offsetDisagrees };
}

function refuseEmptyRange(start: EventTime, end: EventTime): void {
  // A day ends at the exclusive date, so equal dates are empty; an instant may be a point in time.
  const empty =
    start.kind === 'date' && end.kind === 'date'
      ? end.date <= start.date
      : start.kind === 'instant' && end.kind === 'instant' && end.ms < start.ms;
  if (empty) {
    throw new ApiError(400, 'timeRangeEmpty', 'The specified time range is empty.', { domain: 'calendar' });
  }
}

function requireZones(start: EventTime, end: EventTime): void {
  for (const [which, time] of Object.entries({ start, end })) {
    if (time.kind === 'instant' && time.timeZone === null) {
      throw required(`Missing time zone definition for ${which} time.`);
    }
  }
}
