import { failingItemPageSchema, listFailingQuerySchema } from '../../../../api-contract/health.ts';
import { listFailingItems } from '../../../../use-cases/health/failing-items.ts';
import type { App } from '../../../route.ts';
import { failingItemJson } from './json.ts';

/** `GET /api/admin/sync/failing/` */
export function listFailingRoute(app: App): void {
  app.get('/api/admin/sync/failing/', {
    config: { access: ['admin'] },
    schema: {
      summary: 'List events that could not be written',
      tags: ['Operation'],
      querystring: listFailingQuerySchema,
      response: { 200: failingItemPageSchema },
    },
    handler: async ({ context, query }) => {
      const { items, nextCursor } = await listFailingItems(context, query);
      return { items: items.map(failingItemJson), next_cursor: nextCursor };
    },
  });
}
