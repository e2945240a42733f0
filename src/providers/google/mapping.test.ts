import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventContent } from '../../domain/event-content.ts';
import { eventId, holds, mergedEvent, newEvent, normalise, toFields } from './mapping.ts';
import { eventSchema } from './schema.ts';

const KEY = { link: '0b54d3a5-52a1-4f6e-8ac3-3f3f0c0d8a01', generation: 1 };

const CONTENT: EventContent = {
  title: 'Deep clean – Jane Doe',
  description: 'Phone: +41 44 000 00 00\nNotes: a < b & c > d',
  location: '12 High St, 8001 Zürich, CH',
  startsWall: '2026-12-01T09:00:00',
  endsWall: '2026-12-01T11:30:00',
  timeZone: 'Europe/Zurich',
  startsAt: new Date('2026-12-01T08:00:00Z'),
  endsAt: new Date('2026-12-01T10:30:00Z'),
  startsTwice: false,
  endsTwice: false,
  busy: true,
  private: true,
  url: 'https://app.example/appointments/7',
  reminderMinutes: 60,
};

/** Any UTF-16 units, halves of surrogate pairs and control characters included. */
const anyText = fc
  .array(fc.oneof(fc.nat(0xff), fc.nat(0xffff), fc.integer({ min: 0xd800, max: 0xdfff })))
  .map((units) => String.fromCharCode(...units));

test('ids are of the letters and length that Google takes, and differ by link and generation', () => {
  expect(eventId(KEY)).toMatch(/^vc[0-9a-f]{40}$/);
  expect(eventId(KEY)).toBe(eventId({ ...KEY }));
  expect(eventId({ ...KEY, generation: 2 })).not.toBe(eventId(KEY));
});

test('writes wall times with their zone, and texts as HTML', () => {
  expect(normalise(CONTENT)).toEqual({
    summary: 'Deep clean – Jane Doe',
    description: 'Phone: +41 44 000 00 00\nNotes: a &lt; b &amp; c &gt; d',
    location: '12 High St, 8001 Zürich, CH',
    start: { dateTime: '2026-12-01T09:00:00', timeZone: 'Europe/Zurich' },
    end: { dateTime: '2026-12-01T11:30:00', timeZone: 'Europe/Zurich' },
    transparency: 'opaque',
    visibility: 'private',
    reminderMinutes: 60,
    source: { title: 'Open the appointment', url: 'https://app.example/appointments/7' },
  });
});

test('sends the instant where the wall time happens twice', () => {
  const night = normalise({
    ...CONTENT,
    startsWall: '2026-10-25T02:30:00',
    startsAt: new Date('2026-10-25T01:30:00Z'),
    startsTwice: true,
    endsWall: '2026-10-25T04:00:00',
    endsAt: new Date('2026-10-25T03:00:00Z'),
  });
  expect(night.start).toEqual({ dateTime: '2026-10-25T01:30:00Z', timeZone: 'Europe/Zurich' });
  expect(night.end.dateTime).toBe('2026-10-25T04:00:00');
});

test('only web addresses become a source', () => {
  for (const url of ['javascript:alert(1)', 'file:///etc/passwd', 'no address', null]) {
    expect(normalise({ ...CONTENT, url }).source).toBeNull();
  }
});

test('no text grows too long, breaks a character or an entity, or becomes markup', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(anyText, fc.constantFrom('&', '<b>', '🧽'.repeat(2_000), 'x'.repeat(7_490))), { maxLength: 6 }),
      (pieces) => {
        const { description, summary } = normalise({
          ...CONTENT,
          title: pieces.join(''),
          description: pieces.join(''),
        });
        expect(description.length).toBeLessThanOrEqual(7_500);
        expect(summary.length).toBeLessThanOrEqual(1_024);
        expect(description.isWellFormed() && summary.isWellFormed()).toBe(true);
        expect(description.replaceAll(/&(amp|lt|gt);/g, '')).not.toMatch(/[<>&]/);
        expect(summary).not.toMatch(/[\n\t]/);
      },
    ),
  );
});

/** What Google would answer to a GET after `body` was written. */
function kept(body: Record<string, unknown>): unknown {
  const rendered = {
    ...body,
    start: { dateTime: '2026-12-01T09:00:00+01:00', timeZone: 'Europe/Zurich' },
    end: { dateTime: '2026-12-01T11:30:00+01:00', timeZone: 'Europe/Zurich' },
  };
  return Object.fromEntries(
    Object.entries({ kind: 'calendar#event', etag: '"1"', status: 'confirmed', ...rendered }).filter(
      ([name, value]) => value !== '' && !(name === 'transparency' && value === 'opaque'),
    ),
  );
}

test('recognises its own event in the answer, defaults left out', () => {
  const fields = normalise({ ...CONTENT, location: '' });
  const event = eventSchema.parse(kept(newEvent(KEY, fields)));
  expect(holds(event, KEY, fields)).toBe(true);
});

test.each([
  ['title', { title: 'Other' }],
  ['text', { description: '' }],
  ['place', { location: 'Elsewhere' }],
  ['start', { startsWall: '2026-12-01T08:00:00' }],
  ['end', { endsWall: '2026-12-01T11:00:00' }],
  ['free or busy', { busy: false }],
  ['visibility', { private: false }],
  ['link', { url: null }],
  ['reminder', { reminderMinutes: null }],
] satisfies [string, Partial<EventContent>][])('sees another %s', (_, change) => {
  const event = eventSchema.parse(kept(newEvent(KEY, normalise(CONTENT))));
  expect(holds(event, KEY, normalise({ ...CONTENT, ...change }))).toBe(false);
});

test('compares instants where the wall time happens twice', () => {
  const fields = normalise({ ...CONTENT, startsTwice: true, endsTwice: true });
  const event = eventSchema.parse({
    ...newEvent(KEY, fields),
    start: { dateTime: '2026-12-01T03:00:00-05:00' },
    end: { dateTime: '2026-12-01T10:30:00Z' },
  });
  expect(holds(event, KEY, fields)).toBe(true);
  expect(holds({ ...event, start: { dateTime: '2026-12-01T09:00:00Z' } }, KEY, fields)).toBe(false);
});

test('a merge keeps what is the owner’s and replaces what is ours', () => {
  const event = eventSchema.parse({
    ...newEvent(KEY, normalise(CONTENT)),
    etag: '"5"',
    htmlLink: 'https://calendar.example/e',
    colorId: '7',
    sequence: 3,
    attendees: [{ email: 'friend@example.com' }],
    reminders: { useDefault: false, overrides: [{ method: 'popup', minutes: 5 }] },
    extendedProperties: { shared: { theirs: '1' }, private: { ...markers('60'), theirs: '2' } },
  });
  const merged = mergedEvent(event, KEY, normalise({ ...CONTENT, title: 'New', url: null }));
  expect(merged).toMatchObject({
    summary: 'New',
    colorId: '7',
    sequence: 3,
    attendees: [{ email: 'friend@example.com' }],
    reminders: { overrides: [{ minutes: 5 }] },
    extendedProperties: { shared: { theirs: '1' }, private: { theirs: '2', vcLink: KEY.link } },
  });
  expect(merged).not.toHaveProperty('source');
  expect(merged).not.toHaveProperty('etag');
});

test('a merge sends reminders again only when our setting has changed', () => {
  const theirs = { useDefault: false, overrides: [{ method: 'email', minutes: 30 }] };
  const event = eventSchema.parse({ ...newEvent(KEY, normalise(CONTENT)), reminders: theirs });
  expect(mergedEvent(event, KEY, normalise(CONTENT))['reminders']).toEqual(theirs);
  expect(mergedEvent(event, KEY, normalise({ ...CONTENT, reminderMinutes: null }))).toMatchObject({
    reminders: { useDefault: true },
    extendedProperties: { private: { vcReminders: 'default' } },
  });
});

test('a new event invites nobody and carries no customer data in its marks', () => {
  const body = newEvent(KEY, normalise(CONTENT));
  expect(body).not.toHaveProperty('attendees');
  expect(body['extendedProperties']).toEqual({ private: markers('60') });
});

test('fields survive their general type, and another provider’s are refused', () => {
  const fields = normalise(CONTENT);
  expect(Object.keys(toFields(fields))).toEqual(Object.keys(fields));
  expect(() => toFields({ subject: 'x' })).toThrow();
});

function markers(reminders: string): Record<string, string> {
  return { vcLink: KEY.link, vcGeneration: '1', vcReminders: reminders };
}
