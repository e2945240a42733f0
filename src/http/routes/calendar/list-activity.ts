import { activityPageSchema, activityQuerySchema } from '../../../api-contract/calendar.ts';
import { DEFAULT_LIMIT } from '../../../api-contract/page.ts';
import { showActivity } from '../../../use-cases/calendar/list-activity.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../route.ts';
import { activityJson } from './json.ts';

/** `GET /api/calendar/activity/` */
export function listActivityRoute(app: App, { calendar }: RouteDeps): void {
  app.get('/api/calendar/activity/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'What was done for the own calendars, newest first',
      tags: ['Calendar'],
      querystring: activityQuerySchema,
      response: { 200: activityPageSchema },
    },
    handler: async ({ context, caller, query }) => {
      const page = { ...query, cursor: query.cursor, limit: query.limit ?? DEFAULT_LIMIT };
      const { lines, nextCursor } = await showActivity({ ...context, ...calendar }, caller, page);
      return { items: lines.map(activityJson), next_cursor: nextCursor };
    },
  });
}
