import { createFeedSchema, newFeedSchema } from '../../../../api-contract/feeds.ts';
import { createFeed } from '../../../../use-cases/calendar/feeds.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../../route.ts';
import { newFeedJson } from './json.ts';

/** `POST /api/calendar/feeds/` */
export function createFeedRoute(app: App, { calendar }: RouteDeps): void {
  app.post('/api/calendar/feeds/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'Make a subscription feed',
      description: 'Its address is told this once. Whoever has it sees what the caller may see.',
      tags: ['Calendar'],
      body: createFeedSchema,
      response: { 201: newFeedSchema },
    },
    handler: async ({ context, caller, body }, reply) => {
      const feed = await createFeed({ ...context, ...calendar }, caller, body.name);
      return reply.code(201).send(newFeedJson(feed));
    },
  });
}
