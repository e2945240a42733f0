import { newFeedSchema, type CreateFeedRequest, type NewFeedJson } from '../../../../../src/api-contract/feeds.ts';
import { ask, askRaw } from '../../../lib/api.ts';

/** Makes a feed; its address is told this once. @throws {Problem} `too_many_feeds` */
export function createFeed(request: CreateFeedRequest): Promise<NewFeedJson> {
  return ask(newFeedSchema, 'POST', '/api/calendar/feeds/', { body: request });
}

/** Gives a feed another address; the old one is dead at once. */
export function rotateFeed(id: number): Promise<NewFeedJson> {
  return ask(newFeedSchema, 'POST', `/api/calendar/feeds/${id}/rotate/`);
}

/** Takes a feed away; its address is dead at once. */
export async function revokeFeed(id: number): Promise<void> {
  await askRaw('DELETE', `/api/calendar/feeds/${id}/`);
}
