const MINUTE = 60_000;
const QUARTER_HOUR = 15 * MINUTE;

/** An RFC 3339 date-time as it was written. */
export interface ParsedDateTime {
  /** The wall time read as if it were UTC, in milliseconds; sub-seconds are dropped. */
  wallMs: number;
  /** Minutes east of UTC, or null when none was written. */
  offsetMinutes: number | null;
}

const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
// Area/City or one of the few plain names; Intl also takes "+01:00" and lower case, Google does not.
const ZONE_NAME = /^[A-Z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/;

const formats = new Map<string, Intl.DateTimeFormat | null>();
const offsets = new Map<string, Map<number, number>>();

/** True for a name of the IANA zone database that this Node knows. */
export function isTimeZone(name: string): boolean {
  return formatOf(name) !== null;
}

/** Reads an RFC 3339 date-time (offset optional), or null when it is none or names no real day. */
export function parseDateTime(text: string): ParsedDateTime | null {
  const match = DATE_TIME.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as number[];
  const wallMs = realDay(year!, month!, day!);
  if (wallMs === null || hour! > 23 || minute! > 59 || second! > 59) return null;
  const offsetMinutes = match[7] === undefined ? null : parseOffset(match[7]);
  if (offsetMinutes !== null && Math.abs(offsetMinutes) >= 24 * 60) return null;
  return { wallMs: wallMs + ((hour! * 60 + minute!) * 60 + second!) * 1000, offsetMinutes };
}

/** Midnight UTC of a `YYYY-MM-DD` in milliseconds, or null when it names no real day. */
export function parseDate(text: string): number | null {
  const match = DATE.exec(text);
  return match ? realDay(Number(match[1]), Number(match[2]), Number(match[3])) : null;
}

/** Minutes east of UTC in `zone` at an instant (milliseconds). Throws RangeError for an unknown zone. */
export function offsetAt(zone: string, instantMs: number): number {
  // Zones change their offset at quarters of an hour at the finest, so one look-up serves each quarter.
  const bucket = Math.floor(instantMs / QUARTER_HOUR);
  let known = offsets.get(zone);
  if (!known) offsets.set(zone, (known = new Map()));
  let offset = known.get(bucket);
  if (offset === undefined) {
    offset = computeOffset(zone, bucket * QUARTER_HOUR);
    if (known.size > 50_000) known.clear();
    known.set(bucket, offset);
  }
  return offset;
}

/**
 * The instant (milliseconds) of a wall time in `zone`. A wall time that comes twice means the first one; one that
 * the clocks skip is read with the offset before the change, so it lands after it.
 */
export function instantOf(wallMs: number, zone: string): number {
  const before = wallMs - offsetAt(zone, wallMs - 24 * 60 * MINUTE) * MINUTE;
  if (before + offsetAt(zone, before) * MINUTE === wallMs) return before;
  const after = wallMs - offsetAt(zone, wallMs + 24 * 60 * MINUTE) * MINUTE;
  return after + offsetAt(zone, after) * MINUTE === wallMs ? after : before;
}

/** An instant as Google writes it in a zone: `2026-03-02T09:00:00+01:00`, with `Z` for UTC. */
export function renderInstant(instantMs: number, zone: string): string {
  const offset = offsetAt(zone, instantMs);
  const wall = new Date(instantMs + offset * MINUTE).toISOString().slice(0, 19);
  if (offset === 0) return `${wall}Z`;
  const size = Math.abs(offset);
  return `${wall}${offset < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
}

function formatOf(zone: string): Intl.DateTimeFormat | null {
  let format = formats.get(zone);
  if (format !== undefined) return format;
  try {
    format = ZONE_NAME.test(zone)
      ? new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
      : null;
  } catch {
    format = null; // RangeError: Intl knows no such zone
  }
  formats.set(zone, format);
  return format;
}

function computeOffset(zone: string, instantMs: number): number {
  const format = formatOf(zone);
  if (!format) throw new RangeError(`unknown time zone ${zone}`);
  const name = format.formatToParts(instantMs).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  return name === 'GMT' ? 0 : parseOffset(name.slice('GMT'.length));
}

function parseOffset(text: string): number {
  if (text === 'Z') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(4, 6));
  return text.startsWith('-') ? -minutes : minutes;
}

function realDay(year: number, month: number, day: number): number | null {
  const ms = Date.UTC(year, month - 1, day);
  const date = new Date(ms);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? ms : null;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
