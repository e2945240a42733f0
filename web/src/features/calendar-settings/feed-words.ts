import type { FeedJson, NewFeedJson } from '../../../../src/api-contract/feeds.ts';
import { formatAgo } from '../../lib/time.ts';

/** A calendar program that can subscribe to an address, and how often it looks for news. */
export interface Subscriber {
  name: string;
  /** What to press. */
  button: string;
  href: string;
  /** Honest about how slow it is. */
  pace: string;
  /** Leads out of the app into another window, instead of to a program on the device. */
  isPage: boolean;
}

/** One click each. Google takes the address by its `webcal:` form, Outlook by the https one. */
export function subscribersOf({
  url,
  webcal_url: webcal,
  name,
}: Pick<NewFeedJson, 'url' | 'webcal_url' | 'name'>): Subscriber[] {
  const outlook = `calendar/0/addfromweb?${new URLSearchParams({ url, name })}`;
  return [
    {
      name: 'Apple Calendar',
      button: 'Open in Apple Calendar',
      href: webcal,
      pace: 'On iPhone, iPad and Mac. Looks again every 5 minutes to once a week, as you set it there.',
      isPage: false,
    },
    {
      name: 'Google Calendar',
      button: 'Add to Google Calendar',
      href: `https://calendar.google.com/calendar/r?${new URLSearchParams({ cid: webcal })}`,
      pace: 'Looks again every 8 to 24 hours; that can’t be changed.',
      isPage: true,
    },
    {
      name: 'Outlook.com',
      button: 'Add to Outlook.com',
      href: `https://outlook.live.com/${outlook}`,
      pace: 'Looks again about every 3 hours; it can take more than a day.',
      isPage: true,
    },
    {
      name: 'Microsoft 365',
      button: 'Add to Microsoft 365',
      href: `https://outlook.office.com/${outlook}`,
      pace: 'As Outlook.com.',
      isPage: true,
    },
  ];
}

/** Programs by what they call themselves (User-Agent). */
const READERS: readonly [RegExp, string][] = [
  [/Google-Calendar-Importer|Google/, 'Google Calendar'],
  [/Thunderbird|Lightning/, 'Thunderbird'],
  [/Microsoft|Outlook|Exchange/, 'Outlook'],
  [/dataaccessd|CalendarAgent|accountsd|\biOS\/|\bmacOS\/|Mac.?OS.?X\/.*Calendar/i, 'Apple Calendar'],
  [/ICSx5|ICSdroid/i, 'ICSx⁵'],
  [/Evolution/, 'Evolution'],
  [/Mozilla\/.*(?:Chrome|Firefox|Safari|Edg)\//, 'a browser'],
];

/** What an owner would call the program. One that is not known keeps the first word of its own name. */
export function readerName(userAgent: string | null): string | null {
  if (userAgent === null) return null;
  const known = READERS.find(([pattern]) => pattern.test(userAgent));
  return known?.[1] ?? userAgent.split(/[\s/(]/)[0] ?? userAgent;
}

/** When and by what a feed was read. */
export function fetchedWords(feed: Pick<FeedJson, 'last_fetched_at' | 'last_fetched_by'>, now: Date): string {
  if (feed.last_fetched_at === null) return 'Nothing has read it yet.';
  const reader = readerName(feed.last_fetched_by);
  return `Last read ${formatAgo(feed.last_fetched_at, now)}${reader === null ? '' : ` by ${reader}`}.`;
}
