import { expect, test } from 'vitest';
import { loadZones } from '../../zones/zones.ts';
import { loadWindowsZones, UTC } from './windows-zones.ts';

const zones = loadZones({ only: 'bundled' });
const windows = loadWindowsZones(zones);
const WINTER = new Date('2026-12-01T08:00:00Z');
const SUMMER = new Date('2026-07-01T08:00:00Z');

test.each([
  ['Europe/Zurich', 'W. Europe Standard Time'],
  ['Europe/Oslo', 'W. Europe Standard Time'],
  ['US/Eastern', 'Eastern Standard Time'],
  ['America/New_York', 'Eastern Standard Time'],
  ['Asia/Kolkata', 'India Standard Time'],
  ['Asia/Calcutta', 'India Standard Time'],
  ['Europe/Kyiv', 'FLE Standard Time'],
  ['Asia/Kathmandu', 'Nepal Standard Time'],
  ['Etc/UTC', 'UTC'],
])('%s is %s', (zone, name) => {
  expect(windows.nameFor(zone, [WINTER, SUMMER])).toBe(name);
});

test('under its name every zone keeps its wall time, aliases included', () => {
  const instants = [WINTER, SUMMER];
  for (const zone of [...zones.names(), 'US/Pacific', 'GB', 'Singapore', 'Asia/Saigon']) {
    const name = windows.nameFor(zone, instants);
    if (name === UTC) continue;
    for (const instant of instants) expect(windows.toWall(name, instant), zone).toBe(zones.toWall(zone, instant));
  }
});

test('hardly a place is without a name', () => {
  const nameless = zones.names().filter((zone) => windows.nameFor(zone, [WINTER]) === UTC);
  const places = nameless.filter((zone) => zone.includes('/') && !/^(Etc|Antarctica)\//.test(zone));
  expect(places.length).toBeLessThan(25);
});

test('a place whose clocks have left those of its name is sent in UTC', () => {
  const moved = {
    ...zones,
    offsetSecondsAt: (zone: string, at: Date) => (zone === 'Europe/Zurich' ? 0 : zones.offsetSecondsAt(zone, at)),
  };
  expect(loadWindowsZones(moved).nameFor('Europe/Zurich', [WINTER])).toBe(UTC);
  expect(loadWindowsZones(moved).nameFor('Europe/Paris', [WINTER])).toBe('Romance Standard Time');
});

test('walls of UTC are UTC', () => {
  expect(windows.toWall(UTC, WINTER)).toBe('2026-12-01T08:00:00');
});
