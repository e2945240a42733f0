import { expect, test } from 'vitest';
import { asCollection, calendarOf, canonicalPath, idOf, onServer, resolveHref } from './href.ts';

const BASE = new URL('https://dav.example.com/calendars/jane/');

test.each([
  ['/calendars/jane@example.com/', '/calendars/jane%40example.com/'],
  ['/calendars/jane%40example.com/', '/calendars/jane%40example.com/'],
  ['/calendars/Z%C3%BCrich/', '/calendars/Z%C3%BCrich/'],
  ['/calendars/Zürich/', '/calendars/Z%C3%BCrich/'],
  ['/a%2Fb/', '/a%2Fb/'],
  ['/100%/', '/100%/'],
  ['/a:b,c=d/', '/a%3Ab%2Cc%3Dd/'],
])('%s is kept as %s', (path, kept) => {
  expect(canonicalPath(path)).toBe(kept);
  expect(canonicalPath(kept)).toBe(kept);
});

test('addresses of answers are resolved where they were asked', () => {
  expect(resolveHref('/calendars/jane/work/', BASE)?.href).toBe('https://dav.example.com/calendars/jane/work/');
  expect(resolveHref(' work/ ', BASE)?.href).toBe('https://dav.example.com/calendars/jane/work/');
  expect(resolveHref('https://p7.example.com/1/', BASE)?.href).toBe('https://p7.example.com/1/');
  expect(resolveHref('https://', BASE)).toBeNull();
});

test('a collection ends in a slash', () => {
  expect(asCollection(new URL('https://dav.example.com/jane')).pathname).toBe('/jane/');
});

test('a calendar is named by its path as long as it lives where the account does', () => {
  expect(idOf(new URL('work/', BASE), BASE)).toBe('/calendars/jane/work/');
  expect(idOf(new URL('https://p7.example.com/work/'), BASE)).toBe('https://p7.example.com/work/');
});

test('an id leads back to its calendar', () => {
  for (const calendar of [
    new URL('work/', BASE),
    new URL('https://p7.example.com/work/'),
    new URL('/j%40x/ü/', BASE),
  ]) {
    expect(calendarOf(idOf(calendar, BASE), BASE).href).toBe(calendar.href);
  }
});

test('a path stays on its server, however it begins', () => {
  expect(onServer('//evil.example/a.ics', BASE).origin).toBe(BASE.origin);
  expect(calendarOf('//evil.example/', BASE).origin).toBe(BASE.origin);
});
