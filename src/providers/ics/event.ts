import type { EventContent } from '../../domain/event-content.ts';
import type { Zones } from '../../zones/zones.ts';
import { contentLine, LINE_OCTETS, type LineWriter } from './line-writer.ts';
import { localTime, utcTime } from './times.ts';
import { cleanText, clip, oneLine } from './writer.ts';

/** One person's event with what a calendar file needs beside its content. */
export interface CalendarEvent extends Omit<EventContent, 'startsTwice' | 'endsTwice'> {
  /** The same for ever, ASCII, at most 255 octets (RFC 7986 §5.3), without personal data. */
  uid: string;
  /** Grows with every change of the content: readers of feeds ignore a change that does not raise it. */
  sequence: number;
  createdAt: Date;
  updatedAt: Date;
  status: 'CONFIRMED' | 'CANCELLED';
  appointmentId: number;
}

/** Beyond these, Outlook and Exchange cut or refuse; counted in characters. */
const TITLE_LENGTH = 255;
const DESCRIPTION_LENGTH = 8192;

/**
 * The zone in which the event's times are written, `null` for UTC. UTC stands where a wall time would be ambiguous or does
 * not exist (readers disagree about both), in UTC's own zone, and where the zone is unknown.
 */
export function writtenZone(
  event: Pick<CalendarEvent, 'timeZone' | 'startsWall' | 'endsWall' | 'startsAt' | 'endsAt'>,
  zones: Zones,
): string | null {
  const zone = zones.canonical(event.timeZone);
  if (zone === 'Etc/UTC' || !zones.has(zone)) return null;
  // Nearly all events; wall times then need no look at each.
  if (zones.isSteady(zone, event.startsAt, event.endsAt)) return zone;
  const plain = [event.startsWall, event.endsWall].every((wall) => zones.toInstant(zone, wall).kind === 'one');
  return plain ? zone : null;
}

/** Writes the `VEVENT`, its times in `zone` as of `writtenZone`. Nothing in it comes from the clock. */
export function writeEvent(out: LineWriter, event: CalendarEvent, zone: string | null): void {
  const busy = event.busy && event.status === 'CONFIRMED';
  const updated = utcTime(event.updatedAt);
  out.lines(
    `BEGIN:VEVENT\r\n${asciiLine('UID', event.uid)}DTSTAMP:${updated}\r\nLAST-MODIFIED:${updated}\r\n` +
      `CREATED:${utcTime(event.createdAt)}\r\nSEQUENCE:${event.sequence}\r\n` +
      timeLine('DTSTART', event.startsWall, event.startsAt, zone) +
      timeLine('DTEND', event.endsWall, event.endsAt, zone),
  );
  writeText(out, 'SUMMARY', title(event));
  writeText(out, 'DESCRIPTION', description(event));
  writeText(out, 'LOCATION', event.location);
  const url = event.url === null ? null : hrefOf(event.url);
  out.lines(
    `${url === null ? '' : asciiLine('URL', url)}STATUS:${event.status}\r\n${event.private ? 'CLASS:PRIVATE\r\n' : ''}` +
      `${busy ? BUSY : FREE}X-VALCLEAN-APPOINTMENT:${event.appointmentId}\r\n${alarm(event)}END:VEVENT\r\n`,
  );
}

const BUSY = 'TRANSP:OPAQUE\r\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY\r\n';
const FREE = 'TRANSP:TRANSPARENT\r\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\r\n';

/** A line of which each character is one octet. */
function asciiLine(name: string, value: string): string {
  return name.length + value.length < LINE_OCTETS ? `${name}:${value}\r\n` : contentLine(`${name}:${value}`);
}

/** Names of zones need no quotes, and the longest leaves the line shorter than one must be. */
function timeLine(name: string, wall: string, instant: Date, zone: string | null): string {
  return zone === null ? `${name}:${utcTime(instant)}\r\n` : `${name};TZID=${zone}:${localTime(wall)}\r\n`;
}

/** One line. Google and Outlook hide the status, so a cancelled event says it in words too. */
function title(event: CalendarEvent): string {
  const prefix = event.status === 'CANCELLED' ? 'Cancelled: ' : '';
  return clip(prefix + oneLine(event.title), TITLE_LENGTH);
}

function description({ description: text }: CalendarEvent): string {
  return text.length <= DESCRIPTION_LENGTH ? text : clip(cleanText(text), DESCRIPTION_LENGTH);
}

/** libical counts a property without a value as an error, and a blank one too. */
function writeText(out: LineWriter, name: string, text: string): void {
  if (/\S/.test(text)) out.textLine(name, text);
}

/** The last address that was its own spelling, but for its last part. */
let spelled = '';
const LAST_PART = /\w+$/y;

/**
 * A URI is not escaped (RFC 5545 §3.3.13); parsing percent-encodes what could break the line. Addresses of an app differ in
 * their last part only, so that nearly none has to be parsed.
 */
function hrefOf(url: string): string | null {
  if (spelled !== '' && url.startsWith(spelled)) {
    LAST_PART.lastIndex = spelled.length;
    if (LAST_PART.test(url)) return url;
  }
  const href = URL.parse(url)?.href ?? null;
  if (href === url) spelled = url.slice(0, url.lastIndexOf('/') + 1);
  return href;
}

function alarm({ reminderMinutes, status }: CalendarEvent): string {
  if (reminderMinutes === null || status === 'CANCELLED') return '';
  // Hours and minutes are exact; a day (`P1D`) is longer or shorter when clocks change.
  const before = reminderMinutes % 60 === 0 ? `${reminderMinutes / 60}H` : `${reminderMinutes}M`;
  return `BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT${before}\r\nDESCRIPTION:Reminder\r\nEND:VALARM\r\n`;
}
