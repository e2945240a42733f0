import { retriedSchema, retryFailingSchema } from '../../../../api-contract/health.ts';
import { retryFailingItems } from '../../../../use-cases/health/failing-items.ts';
import type { App } from '../../../route.ts';

/** `POST /api/admin/sync/failing/retry/` */
export function retryFailingRoute(app: App): void {
  app.post('/api/admin/sync/failing/retry/', {
    config: { access: ['admin'] },
    schema: {
      summary: 'Try events that could not be written again now',
      description: 'Those of one provider and code, or all.',
      tags: ['Operation'],
      body: retryFailingSchema,
      response: { 200: retriedSchema },
    },
    handler: async ({ context, body }) => ({ retried: await retryFailingItems(context, body) }),
  });
}
