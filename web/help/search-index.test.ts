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
  ['alarm', 'guide/reminders'],
])('“%s” leads to %s', (typed, page) => {
  expect(findPassages(index, typed)[0]?.href.split('#')[0]).toBe(`/help/${page}/`);
});
