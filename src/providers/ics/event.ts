import type { EventContent } from '../../domain/event-content.ts';
import type { Zones } from '../../zones/zones.ts';
import { localTime, utcTime } from './times.ts';
import { cleanText, clip, contentLine, oneLine, paramValue, textLine } from './writer.ts';

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
  event: Pick<CalendarEvent, 'timeZone' | 'startsWall' | 'endsWall'>,
  zones: Zones,
): string | null {
  const zone = zones.canonical(event.timeZone);
  if (zone === 'Etc/UTC' || !zones.has(zone)) return null;
  const plain = [event.startsWall, event.endsWall].every((wall) => zones.toInstant(zone, wall).kind === 'one');
  return plain ? zone : null;
}

/** The `VEVENT`, its times in `zone` as of `writtenZone`. Nothing in it comes from the clock. */
export function renderEvent(event: CalendarEvent, zone: string | null): string {
  const busy = event.busy && event.status === 'CONFIRMED';
  const updated = utcTime(event.updatedAt);
  return [
    'BEGIN:VEVENT\r\n',
    textLine('UID', event.uid),
    contentLine(`DTSTAMP:${updated}`),
    contentLine(`LAST-MODIFIED:${updated}`),
    contentLine(`CREATED:${utcTime(event.createdAt)}`),
    contentLine(`SEQUENCE:${event.sequence}`),
    timeLine('DTSTART', event.startsWall, event.startsAt, zone),
    timeLine('DTEND', event.endsWall, event.endsAt, zone),
    optional('SUMMARY', title(event)),
    optional('DESCRIPTION', clip(cleanText(event.description), DESCRIPTION_LENGTH)),
    optional('LOCATION', cleanText(event.location)),
    urlLine(event.url),
    contentLine(`STATUS:${event.status}`),
    event.private ? contentLine('CLASS:PRIVATE') : '',
    contentLine(`TRANSP:${busy ? 'OPAQUE' : 'TRANSPARENT'}`),
    contentLine(`X-MICROSOFT-CDO-BUSYSTATUS:${busy ? 'BUSY' : 'FREE'}`),
    contentLine(`X-VALCLEAN-APPOINTMENT:${event.appointmentId}`),
    alarm(event),
    'END:VEVENT\r\n',
  ].join('');
}

function timeLine(name: string, wall: string, instant: Date, zone: string | null): string {
  if (zone === null) return contentLine(`${name}:${utcTime(instant)}`);
  return contentLine(`${name};TZID=${paramValue(zone)}:${localTime(wall)}`);
}

/** One line. Google and Outlook hide the status, so a cancelled event says it in words too. */
function title(event: CalendarEvent): string {
  const prefix = event.status === 'CANCELLED' ? 'Cancelled: ' : '';
  return clip(prefix + oneLine(event.title), TITLE_LENGTH);
}

/** libical counts a property without a value as an error, and a blank one too. */
function optional(name: string, clean: string): string {
  return clean.trim() === '' ? '' : textLine(name, clean);
}

/** A URI is not escaped (RFC 5545 §3.3.13); parsing percent-encodes what could break the line. */
function urlLine(url: string | null): string {
  const parsed = url === null ? null : URL.parse(url);
  return parsed === null ? '' : contentLine(`URL:${parsed.href}`);
}

function alarm(event: CalendarEvent): string {
  const { reminderMinutes, status } = event;
  if (reminderMinutes === null || status === 'CANCELLED') return '';
  // Hours and minutes are exact; a day (`P1D`) is longer or shorter when clocks change.
  const before = reminderMinutes % 60 === 0 ? `${reminderMinutes / 60}H` : `${reminderMinutes}M`;
  const lines = ['BEGIN:VALARM', 'ACTION:DISPLAY', `TRIGGER:-PT${before}`, 'DESCRIPTION:Reminder', 'END:VALARM'];
  return lines.map(contentLine).join('');
}
