import { dateFormat } from './date-format.ts';
import { locale, t } from './t.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The zone of the device. */
export function viewerZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** What a clock on the wall shows: `date` as `2026-12-01`, `time` as `09:00`. */
export interface WallClock {
  date: string;
  time: string;
}

/** The wall time of an instant in an IANA zone. */
export function wallClock(instant: string | Date, zone: string): WallClock {
  const parts = dateFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(new Date(instant));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((each) => each.type === type)?.value ?? '';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
  };
}

/**
 * The instant of a wall time in a zone; `null` while one is being typed. Of an hour that happens twice the first; a time that
 * clocks skip moves forward by the gap, as the API would refuse it anyway.
 */
export function instantOf({ date, time }: WallClock, zone: string): Date | null {
  const wanted = Date.parse(`${date}T${time}:00Z`);
  if (Number.isNaN(wanted)) return null;
  const offsetAt = (instant: number): number => {
    const wall = wallClock(new Date(instant), zone);
    return Date.parse(`${wall.date}T${wall.time}:00Z`) - instant;
  };
  // The offset before any change of clocks that night, tried first; the one after it where that does not give the time.
  const before = wanted - offsetAt(wanted - DAY_MS);
  const after = wanted - offsetAt(wanted + DAY_MS);
  const gives = (instant: number): boolean => instant + offsetAt(instant) === wanted;
  return new Date(gives(before) || !gives(after) ? before : after);
}

/** `Tuesday 1 December`, with the year when it is not this one. */
export function formatDay(instant: string | Date, zone: string, now: Date): string {
  return dayText({ timeZone: zone, weekday: 'long', day: 'numeric', month: 'long' }, instant, now);
}

/** What follows the weekday is the same with a year and without: in British English `Intl` puts a comma with a year alone. */
function dayText(options: Intl.DateTimeFormatOptions, instant: string | Date, now: Date): string {
  const day = new Date(instant);
  const yearOf = (date: Date): string => wallClock(date, options.timeZone ?? 'UTC').date.slice(0, 4);
  const bare = dateFormat(locale(), options).formatToParts(day);
  if (yearOf(day) === yearOf(now)) return bare.map(({ value }) => value).join('');
  const whole = dateFormat(locale(), { ...options, year: 'numeric' }).formatToParts(day);
  const isGap = (parts: readonly Intl.DateTimeFormatPart[], at: number): boolean => parts[at - 1]?.type === 'weekday';
  const gap = bare.find((_, at) => isGap(bare, at))?.value;
  return whole.map(({ value }, at) => (isGap(whole, at) ? (gap ?? value) : value)).join('');
}

/** `Today`, `Tomorrow`, `Yesterday`, or nothing. */
export function dayWord(instant: string | Date, zone: string, now: Date): string | null {
  const days = daysBetween(wallClock(now, zone).date, wallClock(instant, zone).date);
  if (days === 0) return t('time.today');
  if (days === 1) return t('time.tomorrow');
  return days === -1 ? t('time.yesterday') : null;
}

export function formatTime(instant: string | Date, zone: string): string {
  return dateFormat(locale(), { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(new Date(instant));
}

/** `09:00 – 11:00`; when it ends on another day that day is named, too. */
export function formatTimes(start: string, end: string, zone: string): string {
  return t('time.range', { start: formatTime(start, zone), end: endWords(start, end, zone) });
}

function endWords(start: string, end: string | Date, zone: string): string {
  const sameDay = wallClock(start, zone).date === wallClock(end, zone).date;
  return sameDay ? formatTime(end, zone) : `${formatShortDay(end, zone)}, ${formatTime(end, zone)}`;
}

/** `Tue 1 Dec`; with the year when it is not that of `now`, where no year stands beside it. */
export function formatShortDay(instant: string | Date, zone: string, now: Date = new Date(instant)): string {
  return dayText({ timeZone: zone, weekday: 'short', day: 'numeric', month: 'short' }, instant, now);
}

/** `1 Dec 2026, 09:00`: a moment in the reader's own zone. */
export function formatMoment(instant: string, reader: string = viewerZone()): string {
  const style = { timeZone: reader, dateStyle: 'medium', timeStyle: 'short' } as const;
  return dateFormat(locale(), style).format(new Date(instant));
}

/** As `visitTimes`, for a moment: `1 Dec 2026, 12:00 (11:00 London time)`. */
export function momentTimes(instant: string, zone: string, reader: string = viewerZone()): string {
  const moment = formatMoment(instant, reader);
  const there = timesThere(instant, null, zone, reader);
  return there === null ? moment : t('time.withThere', { times: moment, there });
}

/** `just now`, `5 minutes ago`, `in 2 hours`, `3 days ago`; beyond a week the moment itself. */
export function formatAgo(instant: string, now: Date): string {
  const ms = new Date(instant).getTime() - now.getTime();
  const size = Math.abs(ms);
  if (size < MINUTE_MS) return ms > 0 ? t('time.inAMoment') : t('time.justNow');
  if (size < HOUR_MS) return relative(ms / MINUTE_MS, 'minute');
  if (size < DAY_MS) return relative(ms / HOUR_MS, 'hour');
  return size < 7 * DAY_MS ? relative(ms / DAY_MS, 'day') : formatMoment(instant);
}

/** As `formatAgo`, with the seconds of the first minute: `12 s ago`. */
export function formatSince(instant: string, now: Date): string {
  const seconds = Math.trunc((now.getTime() - new Date(instant).getTime()) / 1000);
  return seconds >= 3 && seconds < 60 ? t('time.secondsAgo', { seconds: String(seconds) }) : formatAgo(instant, now);
}

/** `New York time` when the zone is not the reader's, otherwise nothing. */
export function foreignZone(zone: string, reader: string = viewerZone()): string | null {
  if (zone === reader) return null;
  const city = zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
  return city === 'UTC' ? 'UTC' : t('time.zoneOfCity', { city });
}

/** `Europe/London time (GMT)`: a zone by its name and by what clocks there are called now. */
export function zoneName(zone: string, at: Date = new Date()): string {
  const parts = dateFormat(locale(), { timeZone: zone, timeZoneName: 'short' }).formatToParts(at);
  const clock = parts.find(({ type }) => type === 'timeZoneName')?.value;
  const name = zone.replaceAll('_', ' ');
  return clock === undefined || clock === zone
    ? t('time.zone', { zone: name })
    : t('time.zoneAndClock', { zone: name, clock });
}

/**
 * The rule for the times of visits: they are told by the reader's own clock, and where the place has another, its clock is added
 * by name, `12:00 – 14:00 (11:00 – 13:00 London time)`. Only where times are planned or asked for they go by the clock of the
 * place, and say so. `end`: `null` for a start alone.
 */
export function visitTimes(start: string, end: string | null, zone: string, reader: string = viewerZone()): string {
  const times = end === null ? t('time.at', { time: formatTime(start, reader) }) : formatTimes(start, end, reader);
  const there = timesThere(start, end, zone, reader);
  return there === null ? times : t('time.withThere', { times, there });
}

/** `11:00 – 13:00 London time`; `null` where clocks show the same as the reader's. */
export function timesThere(
  start: string,
  end: string | null,
  zone: string,
  reader: string = viewerZone(),
): string | null {
  const foreign = foreignZone(zone, reader);
  const [here, there] = [wallClock(start, reader), wallClock(start, zone)];
  if (foreign === null || (here.date === there.date && here.time === there.time)) return null;
  const times = end === null ? t('time.at', { time: formatTime(start, zone) }) : formatTimes(start, end, zone);
  const day = here.date === there.date ? null : formatShortDay(start, zone);
  return t('time.there', { times: day === null ? times : `${day}, ${times}`, zone: foreign });
}

/** The day of a moment on the reader's own clock: from midnight to midnight, as instants. */
export function dayAround(moment: Date): { from: string; to: string } {
  const from = new Date(moment.getFullYear(), moment.getMonth(), moment.getDate());
  const to = new Date(moment.getFullYear(), moment.getMonth(), moment.getDate() + 1);
  return { from: from.toISOString(), to: to.toISOString() };
}

/** `We arrive between 09:00 and 09:30`, for customers who were promised a window; the day of an end on another day is named. */
export function arrivalWords(start: string, windowMinutes: number | null, zone: string): string | null {
  if (windowMinutes === null || windowMinutes === 0) return null;
  const latest = new Date(new Date(start).getTime() + windowMinutes * MINUTE_MS);
  return t('time.arrival', { from: formatTime(start, zone), to: endWords(start, latest, zone) });
}

/** `2 h 30 min`. */
export function formatDuration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [
    hours > 0 ? t('time.hours', { hours: String(hours) }) : '',
    rest > 0 || hours === 0 ? t('time.minutes', { minutes: String(rest) }) : '',
  ];
  return parts.filter(Boolean).join(' ');
}

function relative(amount: number, unit: Intl.RelativeTimeFormatUnit): string {
  return new Intl.RelativeTimeFormat(locale(), { numeric: 'always' }).format(Math.trunc(amount), unit);
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}
