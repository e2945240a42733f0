import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { loadZones } from '../../zones/zones.ts';
import { anyText } from './any-text.fixture.ts';
import { renderCalendar, type CalendarHeading, type CalendarProfileName } from './calendar.ts';
import { writeEvent, type CalendarEvent } from './event.ts';
import { createFeedWriter } from './feed-writer.ts';
import { LineWriter } from './line-writer.ts';
import { sampleEvent } from './sample-event.fixture.ts';
import { strictCheck } from './strict-check.fixture.ts';
import { cleanText, escapeText, oneLine } from './writer.ts';

/** Many cases: on a busy machine they take longer than a test usually may. */
const BUSY = { timeout: 30_000 };

const zones = loadZones({ only: 'bundled' });
const HEADING: CalendarHeading = { name: 'VALClean – Sarah', timeZone: 'Europe/Zurich' };

function file(...events: CalendarEvent[]): string {
  return renderCalendar('file', HEADING, events, zones);
}

interface Fixture {
  profile: CalendarProfileName;
  heading: CalendarHeading;
  events: CalendarEvent[];
}

/** Texts like `2026-12-01T08:00:00Z` are instants; wall times have no offset. */
function readFixture(name: string): Fixture {
  const text = readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8');
  return JSON.parse(text, (_, value) => (/^\d{4}-\d\d-\d\dT.*Z$/.test(value) ? new Date(value) : value));
}

const fixtures = readdirSync(new URL('fixtures', import.meta.url)).filter((file) => file.endsWith('.json'));

test.each(fixtures.map((file) => file.replace('.json', '')))('%s', (name) => {
  const { profile, heading, events } = readFixture(name);
  const expected = readFileSync(new URL(`fixtures/${name}.ics`, import.meta.url), 'utf8');
  expect(renderCalendar(profile, heading, events, zones)).toBe(expected);
  expect(strictCheck(expected, profile)).toEqual([]);
});

test('the same data give the same bytes, in whatever order they come and in pieces too', () => {
  const events = Array.from({ length: 250 }, (_, index) => {
    const startsAt = new Date(Date.UTC(2026, 11, 1 + (index % 7), 8));
    return sampleEvent({ uid: `${index}@valclean.example`, startsAt });
  });
  const text = renderCalendar('feed', HEADING, events, loadZones({ only: 'bundled' }));
  expect(renderCalendar('feed', HEADING, events.toReversed(), zones)).toBe(text);
  const writer = createFeedWriter(zones);
  const inOrder = events.toSorted(
    (a, b) => a.startsAt.getTime() - b.startsAt.getTime() || (a.uid < b.uid ? -1 : Number(a.uid > b.uid)),
  );
  const pieces = [
    ...[writer.head(HEADING.name), writer.zones(['Europe/Zurich'], { first: 2025, last: 2027 })],
    ...[0, 50, 51, 180].map((from, at, froms) => writer.events(inOrder.slice(from, froms[at + 1]))),
    writer.end(),
  ];
  expect(Buffer.concat(pieces).toString()).toBe(text);
  const starts = text.matchAll(/^X-VALCLEAN.*$|^UID:(\d+)@/gm);
  const order = Array.from(starts, (match) => match[1]).filter((index) => index !== undefined);
  expect(order.slice(0, 3)).toEqual(['0', '105', '112']);
});

test.each([
  [
    'the first of a doubled hour',
    '2026-10-25T00:30:00Z',
    '2026-10-25T02:30:00',
    '2026-10-25T02:00:00Z',
    '2026-10-25T03:00:00',
  ],
  [
    'the second of a doubled hour',
    '2026-10-25T01:30:00Z',
    '2026-10-25T02:30:00',
    '2026-10-25T02:00:00Z',
    '2026-10-25T03:00:00',
  ],
  [
    'an end in a doubled hour',
    '2026-10-24T23:30:00Z',
    '2026-10-25T01:30:00',
    '2026-10-25T01:15:00Z',
    '2026-10-25T02:15:00',
  ],
  [
    'a time that does not exist',
    '2027-03-28T01:30:00Z',
    '2027-03-28T02:30:00',
    '2027-03-28T02:00:00Z',
    '2027-03-28T04:00:00',
  ],
])('%s is written in UTC', (_, startsAt, startsWall, endsAt, endsWall) => {
  const text = file(sampleEvent({ startsAt: new Date(startsAt), startsWall, endsAt: new Date(endsAt), endsWall }));
  expect(text).toContain(`DTSTART:${startsAt.replace(/[-:]/g, '')}\r\nDTEND:${endsAt.replace(/[-:]/g, '')}\r\n`);
  expect(text).not.toContain('VTIMEZONE');
  expect(strictCheck(text, 'file')).toEqual([]);
});

test.each(['UTC', 'Etc/UTC', 'Mars/Olympus'])('%s needs no definition', (timeZone) => {
  const text = file(sampleEvent({ timeZone, startsWall: '2026-12-01T08:00:00', endsWall: '2026-12-01T10:00:00' }));
  expect(text).toContain('DTSTART:20261201T080000Z\r\n');
  expect(strictCheck(text, 'file')).toEqual([]);
});

test('an old name of a zone is written by its name of today', () => {
  const text = file(sampleEvent({ timeZone: 'Asia/Calcutta' }));
  expect(text).toContain('TZID:Asia/Kolkata\r\n');
  expect(text).toContain('DTSTART;TZID=Asia/Kolkata:20261201T090000\r\n');
  expect(text).not.toContain('Calcutta');
});

test('a cancelled event says so in every way, takes no time and does not remind', () => {
  const text = file(sampleEvent({ status: 'CANCELLED', title: 'Deep clean' }));
  expect(text).toContain(
    'STATUS:CANCELLED\r\nCLASS:PRIVATE\r\nTRANSP:TRANSPARENT\r\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\r\n',
  );
  expect(text).toContain('SUMMARY:Cancelled: Deep clean\r\n');
  expect(text).not.toContain('VALARM');
});

test.each([
  [15, 'TRIGGER:-PT15M'],
  [90, 'TRIGGER:-PT90M'],
  [1440, 'TRIGGER:-PT24H'],
  [0, 'TRIGGER:-PT0H'],
])('a reminder %i minutes before', (reminderMinutes, trigger) => {
  expect(file(sampleEvent({ reminderMinutes }))).toContain(`${trigger}\r\n`);
});

test('what an event does not have is not written', () => {
  const event = sampleEvent({
    description: '',
    location: '',
    url: null,
    reminderMinutes: null,
    private: false,
    busy: false,
  });
  const text = file(event);
  expect(text).not.toMatch(/DESCRIPTION|LOCATION|URL|VALARM|CLASS/);
  expect(text).toContain('TRANSP:TRANSPARENT\r\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\r\n');
  expect(strictCheck(text, 'file')).toEqual([]);
});

test('a long title and description are cut on whole characters', () => {
  const [event] = readBack(file(sampleEvent({ title: '👍'.repeat(300), description: '👍'.repeat(9000) })));
  expect(event?.summary).toBe('👍'.repeat(255));
  expect(event?.description).toBe('👍'.repeat(8192));
});

test('a link can not break out of its line', () => {
  const url = 'https://app.valclean.example/a b\r\nATTENDEE:mailto:x@example.com?ä=1';
  const text = file(sampleEvent({ url }));
  expect(text.replaceAll('\r\n ', '')).toContain(
    'URL:https://app.valclean.example/a%20bATTENDEE:mailto:x@example.com?%C3%A4=1\r\n',
  );
  expect(strictCheck(text, 'file')).toEqual([]);
  expect(file(sampleEvent({ url: 'no link' }))).not.toContain('URL');
});

test('links are spelled as if each were parsed, whatever link came before', () => {
  const part = fc.constantFrom('a', '7', '..', '.', '/', '?', '#', ' ', 'é', '%', ':', '\\', '@', '\n', '');
  const start = fc.constantFrom(
    'https://app.valclean.example/',
    'https://app.valclean.example:443/',
    'mailto:',
    'x:',
    'a',
    '',
  );
  const link = fc.tuple(start, fc.array(part, { maxLength: 5 })).map(([first, rest]) => first + rest.join(''));
  fc.assert(
    fc.property(fc.array(link, { minLength: 1, maxLength: 8 }), (urls) => {
      const text = file(...urls.map((url, index) => sampleEvent({ uid: `${index}@valclean.example`, url })));
      const found = Array.from(text.replaceAll('\r\n ', '').matchAll(/^URL:(.*)\r$/gm), ([, href]) => href);
      const expected = urls.map((url) => URL.parse(url)?.href).filter((href) => href !== undefined);
      expect(found).toEqual(expected);
    }),
  );
});

function readBack(text: string): ICAL.Event[] {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));
}

/** Blank texts are left out. */
function unlessBlank(text: string): string {
  return text.trim() === '' ? '' : text;
}

test('any text comes back as it was, and adds no property', BUSY, () => {
  fc.assert(
    fc.property(anyText, anyText, anyText, anyText, (title, description, location, name) => {
      const text = renderCalendar('feed', { ...HEADING, name }, [sampleEvent({ title, description, location })], zones);
      expect(strictCheck(text, 'feed')).toEqual([]);
      const [event, ...others] = readBack(text);
      expect(others).toEqual([]);
      expect(event?.summary ?? '').toBe(unlessBlank(oneLine(title)));
      expect(event?.description ?? '').toBe(unlessBlank(cleanText(description)));
      expect(event?.location ?? '').toBe(unlessBlank(cleanText(location)));
      expect(event?.component.getAllProperties('attendee')).toEqual([]);
      // ical.js leaves the values of X- properties as they are written.
      const calendarName = new ICAL.Component(ICAL.parse(text)).getFirstPropertyValue('x-wr-calname');
      expect(calendarName).toBe(escapeText(oneLine(name)));
    }),
    { numRuns: 150 },
  );
});

test('a reader finds the instants of events in any zone', BUSY, () => {
  const start = fc.integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2031, 11, 31) / 60_000 });
  fc.assert(
    fc.property(
      fc.constantFrom(...zones.names()),
      start,
      fc.integer({ min: 1, max: 600 }),
      (timeZone, minute, length) => {
        const [startsAt, endsAt] = [new Date(minute * 60_000), new Date((minute + length) * 60_000)];
        const [startsWall, endsWall] = [zones.toWall(timeZone, startsAt), zones.toWall(timeZone, endsAt)];
        const text = file(sampleEvent({ timeZone, startsAt, endsAt, startsWall, endsWall }));
        expect(strictCheck(text, 'file')).toEqual([]);
        // Definitions of one file must not be known to the next.
        ICAL.TimezoneService.reset();
        const [event] = readBack(text);
        expect(event?.startDate.toUnixTime()).toBe(startsAt.getTime() / 1000);
        expect(event?.endDate.toUnixTime()).toBe(endsAt.getTime() / 1000);
      },
    ),
    { numRuns: 80 },
  );
});

test('an event alone is the same text as in its calendar', () => {
  const event = sampleEvent();
  const alone = new LineWriter();
  writeEvent(alone, event, 'Europe/Zurich');
  expect(file(event)).toContain(alone.bytes().toString());
});
