import type { WallTime } from '../domain/appointment.ts';
import type { BusinessError } from '../domain/errors.ts';
import { invalidField, malformedField } from '../domain/errors.ts';
import type { Zones } from '../zones/zones.ts';
import { placeOccurrence, type ZoneMath } from './recurrence.ts';

/** A moment at a place: the wall time of its zone and the instant. Whole seconds. */
export interface PlacedTime {
  wall: WallTime;
  at: Date;
}

const FORM = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/;

/** @throws BusinessError `unknown_time_zone` */
export function checkZone(zones: Pick<Zones, 'has'>, timeZone: string): void {
  if (zones.has(timeZone)) return;
  throw invalidField('unknown_time_zone', 'time_zone', 'Give an IANA time zone such as Europe/London.');
}

/**
 * Reads an instant with offset, or a wall time without one, which is meant in `timeZone`. Seconds may be left out, parts
 * of them are dropped. Of a wall time that happens twice the first is taken (RFC 5545 §3.3.5); `notBefore` takes the
 * second where the first is not later than it.
 * @throws BusinessError `time_does_not_exist` for a wall time in a DST gap, naming both neighbours; `invalid_request`
 */
export function readTime(
  zones: ZoneMath,
  timeZone: string,
  text: string,
  field: string,
  notBefore: Date | null = null,
): PlacedTime {
  const { wall, offset } = readFace(text, field);
  if (offset !== undefined) {
    const at = new Date(`${wall}${offset}`);
    return { wall: zones.toWall(timeZone, at), at };
  }
  const resolved = zones.toInstant(timeZone, wall);
  if (resolved.kind === 'none') throw timeDoesNotExist(zones, timeZone, wall, field);
  if (resolved.kind === 'one') return { wall, at: resolved.instant };
  const tooEarly = notBefore !== null && resolved.earlier <= notBefore;
  return { wall, at: tooEarly ? resolved.later : resolved.earlier };
}

/**
 * As `readTime`, for the edge of a span: there is always one. A time in a DST gap is moved forward by the gap's length
 * (there are days that begin in one). @throws BusinessError `invalid_request`
 */
export function readEdge(zones: ZoneMath, timeZone: string, text: string, field: string): Date {
  const { wall, offset } = readFace(text, field);
  return offset === undefined ? placeOccurrence(zones, timeZone, wall).startsAt : new Date(`${wall}${offset}`);
}

function readFace(text: string, field: string): { wall: WallTime; offset: string | undefined } {
  const [, minute, second = '00', offset] = FORM.exec(text) ?? [];
  const wall = `${minute}:${second}`;
  if (minute !== undefined && isRealTime(wall)) return { wall, offset };
  throw malformedField('not_a_time', field, 'Give a time that exists, such as 2026-12-01T09:00:00+00:00.');
}

function isRealTime(wall: WallTime): boolean {
  const face = Date.parse(`${wall}Z`);
  return !Number.isNaN(face) && new Date(face).toISOString().slice(0, 19) === wall;
}

/** RFC 3339 with the offset that the place has then: `2026-12-01T09:00:00+00:00`. */
export function instantText({ wall, at }: PlacedTime): string {
  const minutes = Math.round((Date.parse(`${wall}Z`) - at.getTime()) / 60_000);
  const [hour, minute] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${wall}${minutes < 0 ? '-' : '+'}${two(hour)}:${two(minute)}`;
}

function timeDoesNotExist(zones: ZoneMath, timeZone: string, wall: WallTime, field: string): BusinessError {
  const resolved = zones.toInstant(timeZone, wall);
  if (resolved.kind !== 'none') throw new Error('Only a wall time in a gap does not exist');
  const before = instantText(placed(zones, timeZone, resolved.before));
  const after = instantText({ wall: resolved.after, at: resolved.shifted });
  const [day, clock] = wall.split('T');
  return invalidField(
    'time_does_not_exist',
    field,
    `${clock} on ${day} does not exist in ${timeZone}: clocks go forward. Choose ${before} or ${after}.`,
    { time: wall, time_zone: timeZone, before, after },
  );
}

function placed(zones: ZoneMath, timeZone: string, wall: WallTime): PlacedTime {
  const resolved = zones.toInstant(timeZone, wall);
  // Two gaps within one gap's length are known from no zone.
  if (resolved.kind === 'none') return { wall: resolved.after, at: resolved.shifted };
  return { wall, at: resolved.kind === 'one' ? resolved.instant : resolved.later };
}
