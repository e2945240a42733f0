import { BusinessError, notFound } from '../../domain/errors.ts';
import { addActivity } from '../../store/activity.ts';
import { deleteFeed, insertFeed, listFeeds, replaceFeedToken, type FeedRecord } from '../../store/feeds.ts';
import { lockAudience } from '../../store/mark-links.ts';
import type { Caller } from '../context.ts';
import { hashOfToken, newToken } from '../tokens.ts';
import type { CalendarContext } from './context.ts';

export type { FeedRecord };

/** A feed together with its addresses, which are told this once: only a hash of the secret in them is kept. */
export interface NewFeed extends FeedRecord {
  url: string;
  /** The same address, which phones and desktops open with their calendar app. */
  webcalUrl: string;
}

/** One for each device and program; beyond that somebody has lost track. */
export const MOST_FEEDS = 20;

/** The caller's feeds, oldest first. */
export function showFeeds(context: CalendarContext, caller: Caller): Promise<FeedRecord[]> {
  return listFeeds(context.database.db, caller.id);
}

/** Makes a feed of the caller's own. @throws BusinessError 409 `too_many_feeds` */
export async function createFeed(context: CalendarContext, caller: Caller, name: string): Promise<NewFeed> {
  const token = newToken();
  return context.database.transaction(async (tx) => {
    const at = context.clock.now();
    // A change of the business that is under way would overlook the feed; see `store/feed-changes.ts`.
    await lockAudience(tx, 'people');
    if ((await listFeeds(tx, caller.id)).length >= MOST_FEEDS) throw tooManyFeeds();
    const feed = await insertFeed(tx, { userId: caller.id, name, tokenHash: hashOfToken(token), at });
    await addActivity(tx, { userId: caller.id, connectionId: null, kind: 'feed_made', at });
    return withAddresses(context, feed, token);
  });
}

/** Gives a feed another address; the old one is dead at once. @throws BusinessError 404 */
export async function rotateFeed(context: CalendarContext, caller: Caller, id: number): Promise<NewFeed> {
  const token = newToken();
  return context.database.transaction(async (tx) => {
    const at = context.clock.now();
    const feed = await replaceFeedToken(tx, { id, userId: caller.id, tokenHash: hashOfToken(token), at });
    if (feed === null) throw notFound('feed');
    await addActivity(tx, { userId: caller.id, connectionId: null, kind: 'feed_rotated', at });
    return withAddresses(context, feed, token);
  });
}

/** Takes a feed away; its address is dead at once. @throws BusinessError 404 */
export async function revokeFeed(context: CalendarContext, caller: Caller, id: number): Promise<void> {
  await context.database.transaction(async (tx) => {
    if (!(await deleteFeed(tx, id, caller.id))) throw notFound('feed');
    const at = context.clock.now();
    await addActivity(tx, { userId: caller.id, connectionId: null, kind: 'feed_revoked', at });
  });
}

function withAddresses({ feeds }: CalendarContext, feed: FeedRecord, token: string): NewFeed {
  const url = `${feeds.origin}/api/calendar/feed/${token}.ics`;
  return { ...feed, url, webcalUrl: url.replace(/^https?:/, 'webcal:') };
}

function tooManyFeeds(): BusinessError {
  return new BusinessError(
    'conflict',
    'too_many_feeds',
    `You have ${MOST_FEEDS} feeds. Revoke one that nothing reads any more.`,
  );
}
