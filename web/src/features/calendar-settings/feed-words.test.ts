import { expect, test } from 'vitest';
import { fetchedWords, reachOf, readerName, subscribersOf } from './feed-words.ts';

const FEED = {
  name: 'VALClean & more',
  url: 'https://valclean.example/api/calendar/feed/a-b_c.ics',
  webcal_url: 'webcal://valclean.example/api/calendar/feed/a-b_c.ics',
};

test('each program is given the address in the form that it takes', () => {
  const links = subscribersOf(FEED).map(({ href }) => href);
  expect(links[0]).toBe(FEED.webcal_url);
  expect(new URL(links[1] ?? '').searchParams.get('cid')).toBe(FEED.webcal_url);
  for (const link of links.slice(2)) {
    expect(Object.fromEntries(new URL(link).searchParams)).toEqual({ url: FEED.url, name: FEED.name });
  }
});

test('each program says how soon it looks again', () => {
  const paces = subscribersOf(FEED).map(({ pace }) => pace);
  expect(paces[1]).toBe('Looks again every 8 to 24 hours; that can’t be changed.');
  expect(paces.every((pace) => pace !== '')).toBe(true);
});

test.each([
  ['http://localhost:8000/feed.ics', 'device'],
  ['http://127.0.0.1:8000/feed.ics', 'device'],
  ['http://[::1]:8000/feed.ics', 'device'],
  ['http://192.168.1.5/feed.ics', 'network'],
  ['https://172.20.0.2/feed.ics', 'network'],
  ['https://[fd00::1]/feed.ics', 'network'],
  ['https://office/feed.ics', 'network'],
  ['https://office.local/feed.ics', 'network'],
  ['https://valclean.example/feed.ics', 'everywhere'],
  ['https://172.40.0.2/feed.ics', 'everywhere'],
  ['https://10.example/feed.ics', 'everywhere'],
])('%s is reached from: %s', (url, reach) => {
  expect(reachOf(url)).toBe(reach);
});

test.each([
  ['Google-Calendar-Importer', 'Google Calendar'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.1', 'Thunderbird'],
  ['iOS/18.1 (22B83) dataaccessd/1.0', 'Apple Calendar'],
  ['macOS/14.5 (23F79) CalendarAgent/1014.5', 'Apple Calendar'],
  ['Microsoft.Exchange/15.20 (Windows NT 10.0; Win64; x64)', 'Outlook'],
  ['Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36', 'a browser'],
  ['curl/8.5.0', 'curl'],
  [null, null],
])('%s is %s', (userAgent, name) => {
  expect(readerName(userAgent)).toBe(name);
});

test('an owner sees when and by what it was read', () => {
  const now = new Date('2026-12-01T10:00:00Z');
  expect(fetchedWords({ last_fetched_at: null, last_fetched_by: null }, now)).toBe('Nothing has read it yet.');
  const at = '2026-12-01T09:55:00Z';
  expect(fetchedWords({ last_fetched_at: at, last_fetched_by: 'curl/8' }, now)).toMatch(
    /^Last read .*5 min.* by curl\.$/,
  );
  expect(fetchedWords({ last_fetched_at: at, last_fetched_by: null }, now)).not.toContain(' by ');
});
