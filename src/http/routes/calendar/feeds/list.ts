import { feedListSchema } from '../../../../api-contract/feeds.ts';
import { showFeeds } from '../../../../use-cases/calendar/feeds.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../../route.ts';
import { feedJson } from './json.ts';

/** `GET /api/calendar/feeds/` */
export function listFeedsRoute(app: App, { calendar }: RouteDeps): void {
  app.get('/api/calendar/feeds/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'Own subscription feeds, and what reads them',
      tags: ['Calendar'],
      response: { 200: feedListSchema },
    },
    handler: async ({ context, caller }) => {
      const feeds = await showFeeds({ ...context, ...calendar }, caller);
      return { items: feeds.map(feedJson), next_cursor: null };
    },
  });
}
