import { listConnectionsQuerySchema, watchedConnectionPageSchema } from '../../../../api-contract/health.ts';
import { listConnections } from '../../../../use-cases/health/watched-connection.ts';
import type { App } from '../../../route.ts';
import { watchedJson } from './json.ts';

/** `GET /api/admin/connections/` */
export function listConnectionsRoute(app: App): void {
  app.get('/api/admin/connections/', {
    config: { access: ['admin'] },
    schema: {
      summary: 'List everybody’s calendar accounts',
      description: 'By id. `needs_owner=true`: those that only their owner can get going again.',
      tags: ['Operation'],
      querystring: listConnectionsQuerySchema,
      response: { 200: watchedConnectionPageSchema },
    },
    handler: async ({ context, query }) => {
      const { limit, cursor, status, provider, search, needs_owner: needsOwner } = query;
      const { items, nextCursor } = await listConnections(context, {
        limit,
        cursor,
        status,
        provider,
        search,
        needsOwner,
      });
      return { items: items.map(watchedJson), next_cursor: nextCursor };
    },
  });
}
