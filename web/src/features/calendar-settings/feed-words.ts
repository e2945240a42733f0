import type { FeedJson, NewFeedJson } from '../../../../src/api-contract/feeds.ts';
import { t } from '../../lib/t.ts';
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

/** From where an address can be reached: this very device, the network that it is in, or everywhere. */
export type Reach = 'device' | 'network' | 'everywhere';

export function reachOf(url: string): Reach {
  const { hostname } = new URL(url);
  if (/^(localhost|.*\.localhost|127\..*|\[::1\])$/.test(hostname)) return 'device';
  // Addresses of networks of one's own (RFC 1918, RFC 4193), and names that no other knows.
  const isOwn = /^(10\.\d|192\.168\.\d|172\.(1[6-9]|2\d|3[01])\.\d|\[f[cd])|\.(local|internal|lan|home\.arpa)$/.test(
    hostname,
  );
  return isOwn || !/[.:]/.test(hostname) ? 'network' : 'everywhere';
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
      button: t('calendar.subscribe.apple'),
      href: webcal,
      pace: t('calendar.subscribe.applePace'),
      isPage: false,
    },
    {
      name: 'Google Calendar',
      button: t('calendar.subscribe.google'),
      href: `https://calendar.google.com/calendar/r?${new URLSearchParams({ cid: webcal })}`,
      pace: t('calendar.subscribe.googlePace'),
      isPage: true,
    },
    {
      name: 'Outlook.com',
      button: t('calendar.subscribe.outlook'),
      href: `https://outlook.live.com/${outlook}`,
      pace: t('calendar.subscribe.outlookPace'),
      isPage: true,
    },
    {
      name: 'Microsoft 365',
      button: t('calendar.subscribe.microsoft'),
      href: `https://outlook.office.com/${outlook}`,
      pace: t('calendar.subscribe.microsoftPace'),
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
];

const BROWSER = /Mozilla\/.*(?:Chrome|Firefox|Safari|Edg)\//;

/** What an owner would call the program. One that is not known keeps the first word of its own name. */
export function readerName(userAgent: string | null): string | null {
  if (userAgent === null) return null;
  const known = READERS.find(([pattern]) => pattern.test(userAgent));
  if (known !== undefined) return known[1];
  if (BROWSER.test(userAgent)) return t('calendar.subscribe.aBrowser');
  return userAgent.split(/[\s/(]/)[0] ?? userAgent;
}

/** When and by what a feed was read. */
export function fetchedWords(feed: Pick<FeedJson, 'last_fetched_at' | 'last_fetched_by'>, now: Date): string {
  if (feed.last_fetched_at === null) return t('calendar.subscribe.neverRead');
  const reader = readerName(feed.last_fetched_by);
  const ago = formatAgo(feed.last_fetched_at, now);
  return reader === null ? t('calendar.subscribe.read', { ago }) : t('calendar.subscribe.readBy', { ago, reader });
}
