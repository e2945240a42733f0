import fc from 'fast-check';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import type { EventContent } from '../../domain/event-content.ts';
import { loadZones } from '../../zones/zones.ts';
import { anyText } from '../ics/any-text.fixture.ts';
import { strictCheck } from '../ics/strict-check.fixture.ts';
import { findEvent, holds, type FoundEvent } from './found-event.ts';
import { normalise } from './mapping.ts';
import { uidOf } from './marks.ts';
import { mergedObject, newObject, type Writing } from './object.ts';

const zones = loadZones({ only: 'bundled' });
const KEY = { link: '8a4c3f1e-6f0b-4a53-9a35-3d1d0c6f8f10', generation: 1 };
const NOW = new Date('2026-11-20T09:30:00Z');

function content(change: Partial<EventContent> = {}): EventContent {
  return {
    ...{ title: 'Deep clean', description: 'Team: Sarah M.', location: '12 High St' },
    ...{ startsWall: '2026-12-01T09:00:00', endsWall: '2026-12-01T11:00:00', timeZone: 'Europe/Zurich' },
    ...{ startsAt: new Date('2026-12-01T08:00:00Z'), endsAt: new Date('2026-12-01T10:00:00Z') },
    ...{ startsTwice: false, endsTwice: false, busy: true, private: true, url: 'https://app.example/7' },
    ...{ reminderMinutes: 60, ...change },
  };
}

function writing(change: Partial<EventContent> = {}): Writing {
  return { zones, key: KEY, fields: normalise(zones, content(change)), now: NOW };
}

function found(text: string): FoundEvent {
  return findEvent(text, uidOf(KEY)) ?? expect.fail(text);
}

test('whatever texts people write, the event shows them, when made and when changed', () => {
  fc.assert(
    fc.property(anyText, anyText, anyText, (title, description, location) => {
      const wanted = writing({ title, description, location });
      const made = newObject(wanted);
      expect(strictCheck(made, 'caldav')).toEqual([]);
      expect(holds(found(made), wanted.fields, zones)).toBe(true);
      const merged = mergedObject(found(newObject(writing())), wanted);
      expect(strictCheck(merged, 'caldav')).toEqual([]);
      expect(holds(found(merged), wanted.fields, zones)).toBe(true);
    }),
  );
});

// All zones: on a busy machine they take longer than a test usually may.
test('an event is at its instant in every zone, by name and by definition', { timeout: 30_000 }, () => {
  for (const timeZone of zones.names()) {
    const startsAt = new Date('2026-12-01T08:00:00Z');
    const endsAt = new Date('2026-12-01T10:00:00Z');
    const walls = { startsWall: zones.toWall(timeZone, startsAt), endsWall: zones.toWall(timeZone, endsAt) };
    const wanted = writing({ timeZone, ...walls });
    const { meaning, ...rest } = found(newObject(wanted));
    expect(holds({ meaning, ...rest }, wanted.fields, zones)).toBe(true);
    const start: unknown = meaning.getFirstPropertyValue('dtstart');
    expect(start instanceof ICAL.Time && start.toUnixTime() * 1000).toBe(startsAt.getTime());
  }
});

test('a changed field is seen', () => {
  const made = found(newObject(writing()));
  const changes: Partial<EventContent>[] = [
    { title: 'Other' },
    { description: '' },
    { location: 'Elsewhere' },
    { startsWall: '2026-12-01T09:15:00', startsAt: new Date('2026-12-01T08:15:00Z') },
    { endsWall: '2026-12-01T11:15:00', endsAt: new Date('2026-12-01T10:15:00Z') },
    { busy: false },
    { private: false },
    { url: null },
    { reminderMinutes: null },
  ];
  expect(holds(made, writing().fields, zones)).toBe(true);
  for (const change of changes) expect(holds(made, writing(change).fields, zones)).toBe(false);
});

test('a longer line than a server sends is read, and folded as the standard wishes', () => {
  const long = `X-LONG:${'ä'.repeat(500)}`;
  const text = newObject(writing()).replace('END:VEVENT', `${long}\r\nEND:VEVENT`).replaceAll('\r\n', '\n');
  const merged = mergedObject(found(text), writing({ title: 'Moved' }));
  expect(merged.replaceAll('\r\n ', '')).toContain(`\r\n${long}\r\n`);
  expect(merged.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
});

test.each([
  ['another UID', (text: string) => text.replace(/UID:\S+/, 'UID:other')],
  ['no event', (text: string) => text.replaceAll('VEVENT', 'VTODO')],
  ['half of it', (text: string) => text.slice(0, text.length / 2)],
  ['a web page', () => '<!doctype html><p>Hello'],
  ['nothing', () => ''],
])('%s is not the event', (_, change) => {
  expect(findEvent(change(newObject(writing())), uidOf(KEY))).toBeNull();
});
