import { syncAcceptedSchema } from '../../../api-contract/calendar.ts';
import { syncNow } from '../../../use-cases/calendar/sync-now.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../route.ts';

/** `POST /api/calendar/sync/` */
export function syncRoute(app: App, { calendar }: RouteDeps): void {
  app.post('/api/calendar/sync/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'Look again at everything in the own calendars',
      description: 'What is as it should be costs no write at the provider.',
      tags: ['Calendar'],
      response: { 202: syncAcceptedSchema },
    },
    handler: async ({ context, caller }, reply) => {
      const connections = await syncNow({ ...context, ...calendar }, caller);
      return reply.code(202).send({ connections });
    },
  });
}
