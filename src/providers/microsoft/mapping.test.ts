import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventContent } from '../../domain/event-content.ts';
import { loadZones } from '../../zones/zones.ts';
import { createMapping, echoes, toFields } from './mapping.ts';
import { eventMark, isForeignTransaction, isOurs, transactionId } from './marks.ts';
import { eventSchema, type GraphEvent } from './schema.ts';
import { loadWindowsZones } from './windows-zones.ts';

const mapping = createMapping(loadWindowsZones(loadZones({ only: 'bundled' })));
const KEY = { link: '0b54d3a5-52a1-4f6e-8ac3-3f3f0c0d8a01', generation: 1 };

const CONTENT: EventContent = {
  title: 'Deep clean – Jane Doe',
  description: 'Phone: +41 44 000 00 00\nNotes: a < b & c > d\nhttps://app.example/appointments/7',
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
const FIELDS = mapping.normalise(CONTENT);

test('fields are lines of text and instants with the zone that they are sent in', () => {
  expect(FIELDS).toEqual({
    subject: 'Deep clean – Jane Doe',
    text: 'Phone: +41 44 000 00 00\nNotes: a < b & c > d\nhttps://app.example/appointments/7',
    location: '12 High St, 8001 Zürich, CH',
    start: '2026-12-01T08:00:00Z',
    end: '2026-12-01T10:30:00Z',
    timeZone: 'W. Europe Standard Time',
    showAs: 'busy',
    sensitivity: 'private',
    reminderMinutes: 60,
  });
  expect(toFields(JSON.parse(JSON.stringify(FIELDS)))).toEqual(FIELDS);
});

test('a new event says everything explicitly, and names nobody', () => {
  const event = mapping.newEvent(KEY, FIELDS);
  expect(event).toEqual({
    subject: 'Deep clean – Jane Doe',
    body: {
      contentType: 'html',
      content:
        'Phone: +41 44 000 00 00<br>Notes: a &lt; b &amp; c &gt; d<br>' +
        '<a href="https://app.example/appointments/7">https://app.example/appointments/7</a>',
    },
    location: { displayName: '12 High St, 8001 Zürich, CH' },
    start: { dateTime: '2026-12-01T09:00:00', timeZone: 'W. Europe Standard Time' },
    end: { dateTime: '2026-12-01T11:30:00', timeZone: 'W. Europe Standard Time' },
    showAs: 'busy',
    sensitivity: 'private',
    isReminderOn: true,
    reminderMinutesBeforeStart: 60,
    transactionId: transactionId(KEY),
    singleValueExtendedProperties: [eventMark(KEY, 60)],
  });
  expect(event).not.toHaveProperty('attendees');
});

test('an hour that comes twice is sent in UTC, both ends', () => {
  const night = mapping.normalise({
    ...CONTENT,
    startsWall: '2026-10-25T02:30:00',
    startsAt: new Date('2026-10-25T01:30:00Z'),
    startsTwice: true,
    endsWall: '2026-10-25T04:30:00',
    endsAt: new Date('2026-10-25T03:30:00Z'),
  });
  expect(mapping.newEvent(KEY, night)).toMatchObject({
    start: { dateTime: '2026-10-25T01:30:00', timeZone: 'UTC' },
    end: { dateTime: '2026-10-25T03:30:00', timeZone: 'UTC' },
  });
});

test('the calendar’s own reminder is what Graph gives a new event', () => {
  expect(mapping.normalise({ ...CONTENT, reminderMinutes: null }).reminderMinutes).toBe(15);
  expect(mapping.normalise({ ...CONTENT, reminderMinutes: 1_000_000 }).reminderMinutes).toBe(40_320);
});

test('an event that shows the fields needs no change, and tells them back', () => {
  expect(mapping.changesTo(shown(), KEY, FIELDS)).toBeNull();
  expect(mapping.fieldsOf(shown())).toEqual(FIELDS);
  expect(echoes(shown({ singleValueExtendedProperties: undefined }), FIELDS)).toBe(true);
});

test.each([
  ['subject', { subject: 'Mine' }, { subject: FIELDS.subject }],
  ['body', { body: { contentType: 'text', content: 'Mine' } }, { body: { contentType: 'html' } }],
  ['place', { location: { displayName: '' } }, { location: { displayName: FIELDS.location } }],
  [
    'start',
    { start: { dateTime: '2026-12-01T07:00:00.0000000', timeZone: 'UTC' } },
    { start: { dateTime: '2026-12-01T09:00:00' }, end: { dateTime: '2026-12-01T11:30:00' } },
  ],
  ['availability', { showAs: 'oof' }, { showAs: 'busy' }],
  ['privacy', { sensitivity: 'normal' }, { sensitivity: 'private' }],
] satisfies [string, Partial<GraphEvent>, object][])('only the %s that differs is sent', (_, change, expected) => {
  const changes = mapping.changesTo(shown(change), KEY, FIELDS);
  expect(changes).toMatchObject(expected);
  expect(Object.keys(changes ?? {})).toEqual(Object.keys(expected));
  expect(echoes(shown(change), FIELDS)).toBe(false);
});

test('a reminder that its owner chose stays, until ours is another', () => {
  expect(mapping.changesTo(shown({ reminderMinutesBeforeStart: 5 }), KEY, FIELDS)).toBeNull();
  expect(mapping.changesTo(shown({ isReminderOn: false }), KEY, FIELDS)).toBeNull();
  expect(mapping.fieldsOf(shown({ isReminderOn: false }))).toBeNull();
  expect(mapping.changesTo(shown(), KEY, { ...FIELDS, reminderMinutes: 120 })).toEqual({
    isReminderOn: true,
    reminderMinutesBeforeStart: 120,
    singleValueExtendedProperties: [eventMark(KEY, 120)],
  });
});

test('an online meeting keeps its body', () => {
  const meeting = shown({ isOnlineMeeting: true, body: { contentType: 'html', content: '<p>Join here</p>' } });
  expect(mapping.changesTo(meeting, KEY, FIELDS)).toBeNull();
  expect(mapping.fieldsOf(meeting)).toBeNull();
  expect(mapping.changesTo(meeting, KEY, { ...FIELDS, subject: 'New' })).toEqual({ subject: 'New' });
});

test('an event without its mark gets it back', () => {
  expect(mapping.changesTo(shown({ singleValueExtendedProperties: [] }), KEY, FIELDS)).toMatchObject({
    singleValueExtendedProperties: [eventMark(KEY, 60)],
  });
});

test('an event is ours by its mark or by its transaction', () => {
  const other = { ...KEY, generation: 2 };
  expect(isOurs(shown(), KEY)).toBe(true);
  expect(isOurs(shown({ transactionId: null }), KEY)).toBe(true);
  expect(isOurs(shown({ singleValueExtendedProperties: [] }), KEY)).toBe(true);
  expect(isOurs(shown(), other)).toBe(false);
  expect(isOurs(shown({ transactionId: 'x', singleValueExtendedProperties: [] }), KEY)).toBe(false);
});

test('transaction ids are UUIDs, one for each key, and known as ours', () => {
  const id = transactionId(KEY);
  expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/);
  expect(transactionId({ ...KEY })).toBe(id);
  expect(transactionId({ ...KEY, generation: 2 })).not.toBe(id);
  expect(isForeignTransaction(id.toUpperCase())).toBe(false);
  expect(isForeignTransaction(null)).toBe(false);
  expect(isForeignTransaction('9d2c3b1a-0000-4000-8000-000000000000')).toBe(true);
});

test('whatever the text, an event that shows it needs no change', () => {
  const anyText = fc
    .array(fc.oneof(fc.string(), fc.constantFrom('\n', ' ', '🧽'.repeat(400), 'x'.repeat(300))))
    .map((p) => p.join(''));
  fc.assert(
    fc.property(anyText, anyText, anyText, (title, description, location) => {
      const fields = mapping.normalise({ ...CONTENT, title, description, location });
      expect(fields.subject.length).toBeLessThanOrEqual(255);
      expect(fields.text.length).toBeLessThanOrEqual(6_000);
      expect(fields.subject.isWellFormed() && fields.text.isWellFormed() && fields.location.isWellFormed()).toBe(true);
      const made = mapping.newEvent(KEY, fields);
      const event = shown({
        subject: fields.subject,
        location: { displayName: fields.location },
        body: made['body'] as GraphEvent['body'],
      });
      expect(mapping.changesTo(event, KEY, fields)).toBeNull();
    }),
  );
});

/** The event of `CONTENT` as Graph gives it, with what a test wants to be different. */
function shown(change: Partial<GraphEvent> = {}): GraphEvent {
  return eventSchema.parse({
    id: 'AAMkA/+=',
    '@odata.etag': 'W/"abc=="',
    type: 'singleInstance',
    subject: 'Deep clean – Jane Doe',
    body: {
      contentType: 'text',
      content:
        'Phone: +41 44 000 00 00\r\nNotes: a < b & c > d\r\nhttps://app.example/appointments/7<https://app.example/appointments/7>\r\n',
    },
    location: { displayName: '12 High St, 8001 Zürich, CH' },
    start: { dateTime: '2026-12-01T08:00:00.0000000', timeZone: 'UTC' },
    end: { dateTime: '2026-12-01T10:30:00.0000000', timeZone: 'UTC' },
    originalStartTimeZone: 'W. Europe Standard Time',
    showAs: 'busy',
    sensitivity: 'private',
    isReminderOn: true,
    reminderMinutesBeforeStart: 60,
    isOnlineMeeting: false,
    transactionId: transactionId(KEY),
    singleValueExtendedProperties: [eventMark(KEY, 60)],
    ...change,
  });
}
