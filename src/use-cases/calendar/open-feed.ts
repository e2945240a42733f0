import { createHash } from 'node:crypto';
import { DAY, HOUR, SECOND } from '../../base/time.ts';
import { BusinessError, notFound } from '../../domain/errors.ts';
import { feedVersion } from '../../store/feed-changes.ts';
import type { FeedWindow } from '../../store/feed-contents.ts';
import { takeFetch, type FetchedFeed } from '../../store/feeds.ts';
import { projectionFingerprint } from '../../sync/projection-fingerprint.ts';
import { eventSetting } from '../event-setting.ts';
import type { CalendarContext, FileEvent } from './context.ts';
import { hashOfToken } from '../tokens.ts';
import { ownUid } from './own-event.ts';
import { writeFeed } from './write-feed.ts';

/** A feed that somebody asks for. */
export interface OpenFeed {
  /** The same as long as the feed shows the same; known before anything is rendered. */
  tag: string;
  /** The calendar's text, made piece by piece as the reader takes them. @param gone the reader has gone */
  pieces(gone: AbortSignal): AsyncGenerator<Buffer, void, undefined>;
}

/** The most fetches of one address in an hour; the keenest calendar apps ask every five minutes, on several devices. */
export const MOST_FETCHES = 120;
const COUNTED_MS = HOUR;

/** What a feed shows: visits of the last two months and of the next year and a half. */
const PAST_MS = 60 * DAY;
const AHEAD_MS = 548 * DAY;
/** How long a cancelled visit is told as such; readers that were away longer see it vanish. */
const CANCELLED_MS = 30 * DAY;

/** The longest name of a reader that is kept. */
const LONGEST_READER = 200;

/**
 * Opens the feed with this secret, and writes down by whom and when it was asked for.
 * @param by what the reader calls itself (User-Agent)
 * @throws BusinessError 404 for a secret that is none or is revoked, always the same; 429 `feed_rate_limited`
 */
export async function openFeed(context: CalendarContext, token: string, by: string | undefined): Promise<OpenFeed> {
  const { db } = context.database;
  const now = context.clock.now();
  const feed = await takeFetch(db, {
    tokenHash: hashOfToken(token),
    by: readerName(by),
    at: now,
    countedAfter: new Date(now.getTime() - COUNTED_MS),
  });
  if (feed === null) throw notFound('calendar feed');
  if (feed.counted > MOST_FETCHES) throw tooOften(feed, now);
  const window = windowAt(now);
  const tag = tagOf([formOf(context), feed.id, feed.name, feed.userId, window, await feedVersion(db, feed.id)]);
  return { tag, pieces: (gone) => writeFeed(context, feed, window, gone) };
}

/** One line without control characters; it is shown to the feed's owner. */
function readerName(by: string | undefined): string | null {
  const name = (by ?? '')
    .toWellFormed()
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim();
  return name === '' ? null : Array.from(name).slice(0, LONGEST_READER).join('');
}

function tooOften({ countedSince }: FetchedFeed, now: Date): BusinessError {
  const freeAt = countedSince.getTime() + COUNTED_MS;
  return new BusinessError(
    'too_many',
    'feed_rate_limited',
    `This calendar feed was fetched more than ${MOST_FETCHES} times within an hour. Let the reader ask less often.`,
    { retryAfterSeconds: Math.max(1, Math.ceil((freeAt - now.getTime()) / SECOND)) },
  );
}

/** Moves once a day, at midnight UTC, so that nothing changes in between by itself. */
function windowAt(now: Date): FeedWindow {
  const today = Math.floor(now.getTime() / DAY) * DAY;
  return {
    from: new Date(today - PAST_MS),
    to: new Date(today + AHEAD_MS),
    cancelledAfter: new Date(today - CANCELLED_MS),
  };
}

function tagOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

const forms = new WeakMap<CalendarContext['feeds'], string>();

/** Changes with everything that makes all feeds look different: program, business name, address of the app, zone data. */
function formOf(context: CalendarContext): string {
  const known = forms.get(context.feeds);
  if (known !== undefined) return known;
  const { writer } = context.feeds;
  const normalise = (content: Parameters<typeof sampleText>[1]): { text: string } => ({
    text: sampleText(writer, content),
  });
  const setting = eventSetting(context);
  const shown = projectionFingerprint(setting, context.zones.version, [{ name: 'caldav', normalise }]);
  const form = tagOf([shown, ownUid(1, 1, setting.appUrl)]);
  forms.set(context.feeds, form);
  return form;
}

function sampleText(
  writer: CalendarContext['feeds']['writer'],
  content: Omit<FileEvent, 'appointmentId' | 'uid' | 'sequence' | 'status' | 'createdAt' | 'updatedAt'>,
): string {
  const [createdAt, updatedAt] = [content.startsAt, content.startsAt];
  const event = { ...content, appointmentId: 1, uid: 'uid', sequence: 1, createdAt, updatedAt };
  const events = (['CONFIRMED', 'CANCELLED'] as const).map((status) => ({ ...event, status }));
  const years = { first: 2026, last: 2026 };
  const pieces = [writer.head('name'), writer.zones([content.timeZone], years), writer.events(events), writer.end()];
  return Buffer.concat(pieces).toString();
}
