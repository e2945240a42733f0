import { z } from 'zod';
import { idParamsSchema } from '../../../../api-contract/fields.ts';
import { revokeFeed } from '../../../../use-cases/calendar/feeds.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../../route.ts';

/** `DELETE /api/calendar/feeds/{id}/` */
export function revokeFeedRoute(app: App, { calendar }: RouteDeps): void {
  app.delete('/api/calendar/feeds/:id/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'Revoke a feed',
      description: 'Its address is dead at once.',
      tags: ['Calendar'],
      params: idParamsSchema,
      response: { 204: z.null() },
    },
    handler: async ({ context, caller, params }, reply) => {
      await revokeFeed({ ...context, ...calendar }, caller, params.id);
      return reply.code(204).send(null);
    },
  });
}
