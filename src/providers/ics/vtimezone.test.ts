import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { DAY, HOUR, SECOND } from '../../base/time.ts';
import { loadZones } from '../../zones/zones.ts';
import { vtimezone } from './vtimezone.ts';
import { yearlyRule } from './yearly-rule.ts';

const zones = loadZones({ only: 'bundled' });
const WINDOW = { first: 2026, last: 2031 };

/** The lines of a definition, one observance in a row. */
function observances(zone: string, window = WINDOW): string[] {
  const text = vtimezone(zones, zone, window);
  const parts = text.match(/BEGIN:(STANDARD|DAYLIGHT).*?END/gs) ?? [];
  return parts.map((part) =>
    part
      .split('\r\n')
      .slice(0, -1)
      .map((line) => line.slice(line.indexOf(':') + 1))
      .join(' '),
  );
}

test.each([
  [
    'Europe/Zurich',
    [
      'DAYLIGHT CEST +0100 +0200 19700329T020000 FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
      'STANDARD CET +0200 +0100 19701025T030000 FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
    ],
  ],
  [
    'America/New_York',
    [
      'DAYLIGHT EDT -0500 -0400 19700308T020000 FREQ=YEARLY;BYMONTH=3;BYDAY=2SU',
      'STANDARD EST -0400 -0500 19701101T020000 FREQ=YEARLY;BYMONTH=11;BYDAY=1SU',
    ],
  ],
  [
    'Australia/Lord_Howe',
    [
      'STANDARD +1030 +1100 +1030 19700405T020000 FREQ=YEARLY;BYMONTH=4;BYDAY=1SU',
      'DAYLIGHT +11 +1030 +1100 19701004T020000 FREQ=YEARLY;BYMONTH=10;BYDAY=1SU',
    ],
  ],
  [
    'Europe/Dublin',
    [
      'DAYLIGHT IST +0000 +0100 19700329T010000 FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
      'STANDARD GMT +0100 +0000 19701025T020000 FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
    ],
  ],
  ['Asia/Kathmandu', ['STANDARD +0545 +0545 +0545 19700101T000000']],
])('%s has steady law', (zone, expected) => {
  expect(observances(zone)).toEqual(expected);
});

test('a change of the law within the years is written change by change', () => {
  expect(observances('America/Winnipeg', { first: 2025, last: 2027 })).toEqual([
    'STANDARD CST -0600 -0600 19700101T000000',
    'DAYLIGHT CDT -0600 -0500 20250309T020000',
    'STANDARD CST -0500 -0600 20251102T020000',
    'DAYLIGHT CDT -0600 -0500 20260308T020000',
  ]);
  expect(observances('America/Winnipeg', { first: 2027, last: 2028 })).toEqual([
    'STANDARD EST -0500 -0500 19700101T000000',
  ]);
});

test('days that one weekday of a month can not say are written change by change', () => {
  // The change comes at 22:00 on the Saturday before the last Sunday of March.
  expect(yearlyRule(zones, 'America/Nuuk')).toBeNull();
  expect(observances('America/Nuuk', { first: 2029, last: 2029 })).toEqual([
    'STANDARD -02 -0200 -0200 19700101T000000',
    'DAYLIGHT -01 -0200 -0100 20290324T230000',
    'STANDARD -02 -0100 -0200 20291028T000000',
  ]);
  // In Chile the year begins in summer time.
  expect(observances('America/Santiago')[0]).toBe('DAYLIGHT -03 -0300 -0300 19700101T000000');
});

test('the same zone and years are rendered once', () => {
  const again = vtimezone(zones, 'Europe/Zurich', { ...WINDOW });
  expect(again).toBe(vtimezone(zones, 'Europe/Zurich', WINDOW));
  expect(vtimezone(zones, 'Africa/Cairo', { first: 2028, last: 2028 })).not.toBe(
    vtimezone(zones, 'Africa/Cairo', WINDOW),
  );
});

/** The instants around each change, and a summer and a winter day of each year. */
function probes(zone: string): Date[] {
  const [from, to] = [Date.UTC(WINDOW.first, 0, 1), Date.UTC(WINDOW.last + 1, 0, 1)];
  const changes = zones.transitions(zone, new Date(from), new Date(to)).map(({ at }) => at.getTime());
  const around = changes.flatMap((at) => [at - 4 * HOUR, at - SECOND - 2 * HOUR, at + 2 * HOUR]);
  const halfYears = Array.from({ length: 12 }, (_, half) => from + (half * 182.6 + 14) * DAY);
  return [...around, ...halfYears].map((time) => new Date(Math.floor(time / SECOND) * SECOND));
}

/** What a reader that obeys the definition makes of a wall time. */
function readInstant(timezone: ICAL.Timezone, wall: string): number {
  const time = ICAL.Time.fromDateTimeString(wall);
  time.zone = timezone;
  return time.toUnixTime() * SECOND;
}

/** Equal for zones that differ in nothing but their names: neither in what we write nor in what we hold true. */
function likeness(zone: string, text: string): string {
  const [from, to] = [new Date(Date.UTC(WINDOW.first, 0, 1)), new Date(Date.UTC(WINDOW.last + 1, 0, 1))];
  const changes = zones.transitions(zone, from, to).map(({ at, offsetAfter }) => [at, offsetAfter]);
  const written = text.replace(/^(TZID|TZNAME):.*$/gm, '');
  return JSON.stringify([written, zones.offsetSecondsAt(zone, from), changes]);
}

test('a reader that obeys the definitions finds our instants in all zones', { timeout: 20_000 }, () => {
  const wrong: string[] = [];
  const seen = new Set<string>();
  for (const zone of zones.names()) {
    const text = vtimezone(zones, zone, WINDOW);
    const known = seen.size;
    if (seen.add(likeness(zone, text)).size === known) continue;
    const timezone = new ICAL.Timezone(new ICAL.Component(ICAL.parse(text)));
    for (const instant of probes(zone)) {
      const wall = zones.toWall(zone, instant);
      // A doubled hour is never written as a wall time.
      const right = zones.happensTwice(zone, wall) || readInstant(timezone, wall) === instant.getTime();
      if (!right) wrong.push(`${zone} ${wall}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(zones.names().length).toBeGreaterThan(420);
  expect(seen.size).toBeGreaterThan(60);
});
