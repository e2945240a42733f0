import { expect, test } from 'vitest';
import { instantOf, isTimeZone, parseDate, parseDateTime, renderInstant } from './time-zone.ts';

const ZURICH = 'Europe/Zurich';

function instant(wall: string, zone: string): string {
  return new Date(instantOf(parseDateTime(wall)?.wallMs ?? Number.NaN, zone)).toISOString();
}

test.each([
  ['an ordinary time', '2026-01-15T09:00:00', '2026-01-15T08:00:00.000Z'],
  ['the last second before the gap', '2026-03-29T01:59:59', '2026-03-29T00:59:59.000Z'],
  ['a time inside the gap lands after it', '2026-03-29T02:30:00', '2026-03-29T01:30:00.000Z'],
  ['the first second after the gap', '2026-03-29T03:00:00', '2026-03-29T01:00:00.000Z'],
  ['a time that comes twice means the first', '2026-10-25T02:30:00', '2026-10-25T00:30:00.000Z'],
  ['the first time after the double hour', '2026-10-25T03:00:00', '2026-10-25T02:00:00.000Z'],
])('%s', (_name, wall, expected) => {
  expect(instant(wall, ZURICH)).toBe(expected);
});

test.each([
  ['2026-10-25T00:30:00Z', ZURICH, '2026-10-25T02:30:00+02:00'],
  ['2026-10-25T01:30:00Z', ZURICH, '2026-10-25T02:30:00+01:00'],
  ['2026-07-01T00:00:00Z', 'America/St_Johns', '2026-06-30T21:30:00-02:30'],
  ['2026-07-01T00:00:00Z', 'Asia/Kathmandu', '2026-07-01T05:45:00+05:45'],
  ['2026-01-01T00:00:00Z', 'Europe/London', '2026-01-01T00:00:00Z'],
])('%s in %s is written %s', (utc, zone, expected) => {
  expect(renderInstant(Date.parse(utc), zone)).toBe(expected);
});

test('zones are names of the IANA database and nothing else', () => {
  for (const zone of [ZURICH, 'UTC', 'Etc/UTC', 'Etc/GMT+5', 'America/Argentina/Buenos_Aires']) {
    expect(isTimeZone(zone), zone).toBe(true);
  }
  for (const zone of ['', '+01:00', 'europe/zurich', 'Europe/Atlantis', 'W. Europe Standard Time']) {
    expect(isTimeZone(zone), zone).toBe(false);
  }
});

test('dates and times that do not exist are not read', () => {
  for (const text of ['2026-02-29T09:00:00Z', '2026-01-01T24:00:00Z', '2026-01-01 09:00:00Z', '2026-01-01T09:00Z']) {
    expect(parseDateTime(text), text).toBeNull();
  }
  expect(parseDate('2028-02-29')).toBe(Date.UTC(2028, 1, 29));
  expect(parseDate('2026-02-29')).toBeNull();
});
