import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findPassages } from '../src/help/find-passages.ts';
import { readBook } from './book.ts';
import { searchIndex } from './search-index.ts';

const book = readBook(fileURLToPath(new URL('../../docs', import.meta.url)));
const index = searchIndex(book);

// As people type who don't know our words; the first answer is the one that Enter opens.
test.each([
  ['missing', 'guide/event-missing'],
  ['not showing', 'guide/event-missing'],
  ['my event is not showing up', 'guide/event-missing'],
  ['appointment doesn’t appear in my calendar', 'guide/event-missing'],
  ['where is my missing appointment', 'guide/event-missing'],
  ['events gone', 'guide/event-missing'],
  ['not syncing', 'guide/event-missing'],
  ['connect', 'guide/connect-google'],
  ['connect my calendar', 'guide/connect-google'],
  ['gmail', 'guide/connect-google'],
  ['hotmail', 'guide/connect-outlook'],
  ['office 365', 'guide/connect-outlook'],
  ['exchange', 'guide/connect-outlook'],
  ['iphone', 'guide/connect-apple'],
  ['icloud', 'guide/connect-apple'],
  ['app password', 'guide/connect-apple'],
  ['revoke', 'guide/take-back'],
  ['remove access', 'guide/take-back'],
  ['withdraw consent', 'guide/take-back'],
  ['privacy', 'guide/take-back'],
  ['disconnect', 'guide/disconnect'],
  ['unlink', 'guide/disconnect'],
  ['unsubscribe', 'guide/emails'],
  ['duplicates', 'guide/several-calendars'],
  ['wrong time', 'guide/time-zones'],
  ['pause', 'guide/pause'],
  ['vacation', 'guide/pause'],
  ['change my password', 'guide/account'],
  ['forgot password', 'guide/account'],
  ['language', 'guide/account'],
  ['logo', 'operate/install'],
  ['ill', 'guide/cannot-come'],
  ['I am ill', 'guide/cannot-come'],
  ['google no longer lets us in', 'guide/reconnect'],
  ['appointment deleted by mistake', 'guide/delete-events'],
  ['add employee', 'guide/admins'],
  ['new member of staff', 'guide/admins'],
  ['employee invite', 'guide/admins'],
  ['one hour off', 'guide/time-zones'],
  // In German, as the app may be.
  ['abmelden', 'guide/account'],
  ['Passwort vergessen', 'guide/account'],
  ['Sprache', 'guide/account'],
  ['verbinden', 'guide/connect-google'],
  ['trennen', 'guide/disconnect'],
  ['krank', 'guide/cannot-come'],
  ['Termin fehlt', 'guide/event-missing'],
  ['alarm', 'guide/reminders'],
])('“%s” leads to %s', (typed, page) => {
  expect(findPassages(index, typed)[0]?.href.split('#')[0]).toBe(`/help/${page}/`);
});

test.each(['password', 'appointment', 'calendar', 'order', 'session'])('of “%s” the reference comes last', (typed) => {
  const ranks = findPassages(index, typed).map(({ reference }) => reference ?? false);
  expect(ranks).toEqual(ranks.toSorted((a, b) => Number(a) - Number(b)));
  expect(ranks[0]).toBe(false);
});
