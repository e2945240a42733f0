import { createHash } from 'node:crypto';
import { DAY, HOUR, SECOND } from '../../base/time.ts';
import { partOf } from '../../domain/audience.ts';
import { BusinessError, notFound } from '../../domain/errors.ts';
import { loadAppointments } from '../../store/appointments.ts';
import { feedVersion } from '../../store/feed-changes.ts';
import { feedAppointments, feedZones, type FeedPlace, type FeedWindow } from '../../store/feed-contents.ts';
import { latestShownChanges } from '../../store/shown-changes.ts';
import { takeFetch, type FetchedFeed } from '../../store/feeds.ts';
import { projectionFingerprint } from '../../sync/projection-fingerprint.ts';
import { eventSetting } from '../event-setting.ts';
import type { CalendarContext, FileEvent } from './context.ts';
import { hashOfFeedToken } from './feeds.ts';
import { ownEvent, ownUid } from './own-event.ts';

/** A feed that somebody asks for. */
export interface OpenFeed {
  /** The same as long as the feed shows the same; known before anything is rendered. */
  tag: string;
  /** The calendar's text, made piece by piece as the reader takes them. */
  pieces(): AsyncGenerator<Buffer, void, undefined>;
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

/** Ids are listed this many at a time, and appointments read and written: pieces are small so that others get their turn. */
const IDS_AT_ONCE = 1000;
const EVENTS_AT_ONCE = 50;

/**
 * Opens the feed with this secret, and writes down by whom and when it was asked for.
 * @param by what the reader calls itself (User-Agent)
 * @throws BusinessError 404 for a secret that is none or is revoked, always the same; 429 `feed_rate_limited`
 */
export async function openFeed(context: CalendarContext, token: string, by: string | undefined): Promise<OpenFeed> {
  const { db } = context.database;
  const now = context.clock.now();
  const feed = await takeFetch(db, {
    tokenHash: hashOfFeedToken(token),
    by: readerName(by),
    at: now,
    countedAfter: new Date(now.getTime() - COUNTED_MS),
  });
  if (feed === null) throw notFound('calendar feed');
  if (feed.counted > MOST_FETCHES) throw tooOften(feed, now);
  const window = windowAt(now);
  const tag = tagOf([formOf(context), feed.id, feed.name, feed.userId, window, await feedVersion(db, feed.id)]);
  return { tag, pieces: () => writeFeed(context, feed, window) };
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

async function* writeFeed(
  context: CalendarContext,
  feed: FetchedFeed,
  window: FeedWindow,
): AsyncGenerator<Buffer, void, undefined> {
  const { writer, turns } = context.feeds;
  const { db } = context.database;
  const person = { id: feed.userId, role: feed.role };
  // The head goes out at once: how long the rest takes depends on how much there is.
  yield writer.head(feed.name);
  const used = await turns.take(() => feedZones(db, person, window));
  const years = { first: window.from.getUTCFullYear() - 1, last: window.to.getUTCFullYear() + 1 };
  // A calendar must have some part (RFC 5545 §3.6).
  yield writer.zones(used.length === 0 ? [feed.timeZone] : used, years);
  for await (const ids of idsOf(context, person, window)) {
    const text = await turns.take(async () => writer.events(await eventsOf(context, feed, ids)));
    if (text.length > 0) yield text;
  }
  yield writer.end();
}

/** The ids of a feed's appointments, a few at a time, soonest first, each once. */
async function* idsOf(
  { database, feeds }: CalendarContext,
  person: Pick<FetchedFeed, 'id' | 'role'>,
  window: FeedWindow,
): AsyncGenerator<number[], void, undefined> {
  // One that is moved meanwhile would come twice otherwise.
  const seen = new Set<number>();
  let after: FeedPlace | null = null;
  for (;;) {
    const from: FeedPlace | null = after;
    const rows: FeedPlace[] = await feeds.turns.take(() =>
      feedAppointments(database.db, person, window, from, IDS_AT_ONCE),
    );
    const fresh = rows.map(({ id }) => id).filter((id) => !seen.has(id));
    for (const id of fresh) seen.add(id);
    for (let at = 0; at < fresh.length; at += EVENTS_AT_ONCE) yield fresh.slice(at, at + EVENTS_AT_ONCE);
    if (rows.length < IDS_AT_ONCE) return;
    after = rows.at(-1) ?? null;
  }
}

/** The owner's events of these appointments, with what their part in each may see. */
async function eventsOf(context: CalendarContext, feed: FetchedFeed, ids: readonly number[]): Promise<FileEvent[]> {
  const setting = { ...eventSetting(context), reminderMinutes: feed.reminderMinutes };
  const { db } = context.database;
  const appointments = await loadAppointments(db, ids);
  const changes = await latestShownChanges(db, ids);
  return appointments.flatMap((appointment) => {
    const part = partOf(appointment, { id: feed.userId, role: feed.role });
    if (part === null) return [];
    const uid = ownUid(appointment.id, feed.userId, setting.appUrl);
    return [ownEvent(appointment, part, setting, { uid, shownAt: changes.get(appointment.id) })];
  });
}
