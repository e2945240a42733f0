import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { strictCheck } from './strict-check.fixture.ts';

const good = readFileSync(new URL('fixtures/weekly-cleaning.ics', import.meta.url), 'utf8');

test('the sample is clean', () => {
  expect(strictCheck(good, 'feed')).toEqual([]);
});

// The checker is only worth what it refuses.
test.each([
  ['LF ends', (text: string) => text.replaceAll('\r\n', '\n')],
  ['no end of line at the end', (text: string) => text.trimEnd()],
  ['a long line', (text: string) => text.replace(/\r\n /g, '')],
  ['a BOM', (text: string) => `\uFEFF${text}`],
  ['half an emoji', (text: string) => text.replace('SUMMARY:', 'SUMMARY:\ud83d')],
  ['a control character', (text: string) => text.replace('SUMMARY:', 'SUMMARY:\u0007')],
  ['a bare comma', (text: string) => text.replace('LOCATION:', 'LOCATION:,')],
  ['an attendee', (text: string) => text.replace('STATUS:', 'ATTENDEE:mailto:x@example.com\r\nSTATUS:')],
  ['two statuses', (text: string) => text.replace('STATUS:', 'STATUS:CONFIRMED\r\nSTATUS:')],
  ['no UID', (text: string) => text.replace(/UID:.*\r\n/, '')],
  ['the same UID twice', (text: string) => text.replace(/UID:.*\r\n/g, 'UID:x\r\n')],
  ['a floating time', (text: string) => text.replace(/DTSTART;TZID=[^:]*/, 'DTSTART')],
  ['an undefined zone', (text: string) => text.replace('TZID:Europe/Zurich', 'TZID:Europe/Berlin')],
  ['UTC with a zone', (text: string) => text.replace(/(DTSTART;TZID=[^:]*:\d+T\d+)/, '$1Z')],
  ['a negative zero', (text: string) => text.replace('TZOFFSETTO:+0100', 'TZOFFSETTO:-0000')],
  [
    'a zone after the events',
    (text: string) => text.replace(/(BEGIN:VTIMEZONE.*END:VTIMEZONE\r\n)(.*)(?=END:VCAL)/s, '$2$1'),
  ],
  ['a property after a part', (text: string) => text.replace('END:VCALENDAR', 'X-WR-CALNAME:late\r\nEND:VCALENDAR')],
  ['an unclosed part', (text: string) => text.replace('END:VEVENT\r\n', '')],
  ['another method', (text: string) => text.replace('METHOD:PUBLISH', 'METHOD:REQUEST')],
  ['an end before the start', (text: string) => text.replace(/(DTEND;TZID=[^:]*):\d{8}/, '$1:20200101')],
  ['an empty line', (text: string) => text.replace('BEGIN:VEVENT', '\r\nBEGIN:VEVENT')],
])('%s is found', (_, damage) => {
  const damaged = damage(good);
  expect(damaged).not.toBe(good);
  expect(strictCheck(damaged, 'feed')).not.toEqual([]);
});
