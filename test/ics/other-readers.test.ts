import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { anyText } from '../../src/providers/ics/any-text.fixture.ts';
import { renderCalendar } from '../../src/providers/ics/calendar.ts';
import type { CalendarEvent } from '../../src/providers/ics/event.ts';
import { sampleEvent } from '../../src/providers/ics/sample-event.fixture.ts';
import { vtimezone } from '../../src/providers/ics/vtimezone.ts';
import { cleanText, oneLine } from '../../src/providers/ics/writer.ts';
import { loadZones, type Zones } from '../../src/zones/zones.ts';
import { hasReader, PYTHON } from '../support/python-readers.ts';

/* Our calendars as other people's readers see them, as far as Debian's are installed; `npm test` says when they are not. */

const SCRIPT = fileURLToPath(new URL('read_calendar.py', import.meta.url));

interface ReadEvent {
  uid: string;
  /** Seconds since 1970. */
  start: number;
  end: number;
  summary: string;
  description: string;
  location: string;
  properties?: string[];
}

function python(...words: string[]): unknown {
  return JSON.parse(execFileSync(PYTHON, [SCRIPT, ...words], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }));
}

function readWith(reader: 'icalendar' | 'libical', text: string): ReadEvent[] {
  const folder = mkdtempSync(join(tmpdir(), 'calendar-'));
  try {
    writeFileSync(join(folder, 'calendar.ics'), text);
    return python(reader, join(folder, 'calendar.ics')) as ReadEvent[];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const zones = loadZones({ only: 'bundled' });
const HEADING = { name: 'VALClean', timeZone: 'Europe/Zurich' };
/** Steady law for many years, so that a reader's own data are right too. */
const STEADY = ['Europe/Zurich', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Europe/Dublin'];

/** Two hundred events with hostile texts at random times, in every zone of the list. */
function hostileEvents(timeZones: readonly string[]): CalendarEvent[] {
  const start = fc.integer({ min: Date.UTC(2026, 10, 1) / 60_000, max: Date.UTC(2031, 10, 1) / 60_000 });
  const one = fc.tuple(anyText, anyText, anyText, start, fc.integer({ min: 1, max: 600 }));
  return fc
    .sample(one, { numRuns: 200, seed: 20_261_127 })
    .map(([title, description, location, minute, length], at) => {
      const timeZone = timeZones[at % timeZones.length] ?? 'Etc/UTC';
      const [startsAt, endsAt] = [new Date(minute * 60_000), new Date((minute + length) * 60_000)];
      const walls = { startsWall: zones.toWall(timeZone, startsAt), endsWall: zones.toWall(timeZone, endsAt) };
      return sampleEvent({
        uid: `${at}@example.com`,
        title,
        description,
        location,
        timeZone,
        startsAt,
        endsAt,
        ...walls,
      });
    });
}

/** Readers may drop spaces around a text, and write each kind of line break as they like; nothing else. */
function words(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** python3-icalendar 4 confuses escaped backslashes with escaped line breaks: near backslashes only the rest counts. */
function wordsWithoutBackslashes(text: string): string {
  return text.replaceAll(/[\s\\]+n?/gi, '');
}

function expectRead(
  read: readonly ReadEvent[],
  events: readonly CalendarEvent[],
  words: (text: string) => string,
): void {
  const byUid = new Map(read.map((event) => [event.uid, event]));
  expect(read).toHaveLength(events.length);
  for (const event of events) {
    const found = byUid.get(event.uid);
    expect([found?.start, found?.end], `${event.uid} ${event.timeZone}`).toEqual([
      event.startsAt.getTime() / 1000,
      event.endsAt.getTime() / 1000,
    ]);
    expect(words(found?.summary ?? ''), event.uid).toBe(words(Array.from(oneLine(event.title)).slice(0, 255).join('')));
    expect(words(found?.description ?? ''), event.uid).toBe(words(cleanText(event.description)));
    expect(words(found?.location ?? ''), event.uid).toBe(words(cleanText(event.location)));
    expect(found?.properties ?? []).not.toContain('ATTENDEE');
  }
}

test.runIf(hasReader('icalendar'))('python3-icalendar reads the same instants and texts', () => {
  const events = hostileEvents(STEADY);
  const read = readWith('icalendar', renderCalendar('feed', HEADING, events, zones));
  expectRead(read, events, wordsWithoutBackslashes);
});

test.runIf(hasReader('libical'))('libical reads the same instants and texts, by our definitions, in any zone', () => {
  for (const from of [0, 100, 200, 300]) {
    const events = hostileEvents(zones.names().slice(from, from + 120));
    expectRead(readWith('libical', renderCalendar('feed', HEADING, events, zones)), events, words);
  }
});

/** Whether a reader that obeys our definition finds these instants, each written as a wall time. */
function misread(system: Zones, zone: string, instants: readonly number[]): string[] {
  const text = vtimezone(system, zone, { first: 2025, last: 2032 });
  const timezone = new ICAL.Timezone(new ICAL.Component(ICAL.parse(text)));
  return instants.flatMap((seconds) => {
    const wall = system.toWall(zone, new Date(seconds * 1000));
    // Such hours are written in UTC.
    if (system.happensTwice(zone, wall)) return [];
    const time = ICAL.Time.fromDateTimeString(wall);
    time.zone = timezone;
    return time.toUnixTime() === seconds ? [] : [`${zone} ${wall}`];
  });
}

// The system's files are both the source and, read by Python, what it is compared with: so their age does not matter.
test.runIf(hasReader('tzif'))('all zones are right from 2026 to 2031 against the compiled files (TZif)', () => {
  const system = loadZones({ only: 'system' });
  const names = system.names().filter((name) => system.has(name) && !name.startsWith('Etc/'));
  const known = python('tzif', ...names) as Record<string, [number, number][]>;
  expect(names.length).toBeGreaterThan(400);
  const [from, to] = [new Date('2026-01-01T00:00:00Z'), new Date('2032-01-01T00:00:00Z')];
  const wrong: string[] = [];
  const done = new Set<string>();
  for (const name of names) {
    const ours = system.transitions(name, from, to).map(({ at, offsetAfter }) => [at.getTime() / 1000, offsetAfter]);
    const theirs = known[name] ?? [];
    const [beginning, ...later] = theirs;
    if (JSON.stringify(later) !== JSON.stringify(ours)) wrong.push(`${name}: changes`);
    if (beginning?.[1] !== system.offsetSecondsAt(name, from)) wrong.push(`${name}: offset`);
    // Zones with the same changes and the same definition are read alike.
    const likeness = JSON.stringify([
      theirs,
      vtimezone(system, name, { first: 2025, last: 2032 }).replaceAll(name, ''),
    ]);
    if (done.size === done.add(likeness).size) continue;
    const around = theirs.flatMap(([at]) => [at + 43_200, at + 5 * 86_400, at + 100 * 86_400]);
    wrong.push(...misread(system, name, [...around, ...later.map(([at]) => at - 4 * 3600)]));
  }
  expect(wrong).toEqual([]);
});
