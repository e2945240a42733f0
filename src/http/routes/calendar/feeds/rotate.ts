import { idParamsSchema } from '../../../../api-contract/fields.ts';
import { newFeedSchema } from '../../../../api-contract/feeds.ts';
import { rotateFeed } from '../../../../use-cases/calendar/feeds.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../../route.ts';
import { newFeedJson } from './json.ts';

/** `POST /api/calendar/feeds/{id}/rotate/` */
export function rotateFeedRoute(app: App, { calendar }: RouteDeps): void {
  app.post('/api/calendar/feeds/:id/rotate/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'Give a feed another address',
      description: 'The old one is dead at once; the new one is told this once.',
      tags: ['Calendar'],
      params: idParamsSchema,
      response: { 200: newFeedSchema },
    },
    handler: async ({ context, caller, params }) =>
      newFeedJson(await rotateFeed({ ...context, ...calendar }, caller, params.id)),
  });
}
