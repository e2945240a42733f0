import { syncHealthSchema } from '../../../../api-contract/health.ts';
import { showSync } from '../../../../use-cases/health/show-sync.ts';
import type { App, RouteDeps } from '../../../route.ts';
import { syncHealthJson } from './json.ts';

/** `GET /api/admin/sync/` */
export function showSyncRoute(app: App, { calendar }: RouteDeps): void {
  app.get('/api/admin/sync/', {
    config: { access: ['admin'] },
    schema: {
      summary: 'How the engine is doing',
      description:
        'Lag, success and throttling of the last hour; the queue, calendar accounts and events that could not be written as they are now.',
      tags: ['Operation'],
      response: { 200: syncHealthSchema },
    },
    handler: async ({ context }) => syncHealthJson(await showSync({ ...context, ...calendar })),
  });
}
