import type { FeedJson, NewFeedJson } from '../../../../api-contract/feeds.ts';
import type { FeedRecord, NewFeed } from '../../../../use-cases/calendar/feeds.ts';

/** A feed as the contract spells it. */
export function feedJson(feed: FeedRecord): FeedJson {
  return {
    id: feed.id,
    name: feed.name,
    created_at: feed.createdAt.toISOString(),
    rotated_at: feed.rotatedAt?.toISOString() ?? null,
    last_fetched_at: feed.lastFetchedAt?.toISOString() ?? null,
    last_fetched_by: feed.lastFetchedBy,
    fetches: feed.fetches,
  };
}

/** A feed whose addresses are told, which happens once. */
export function newFeedJson(feed: NewFeed): NewFeedJson {
  return { ...feedJson(feed), url: feed.url, webcal_url: feed.webcalUrl };
}
