import { providerParamsSchema } from '../../../../api-contract/calendar.ts';
import { syncHealthSchema } from '../../../../api-contract/health.ts';
import { pauseProvider } from '../../../../use-cases/health/pause-provider.ts';
import { showSync } from '../../../../use-cases/health/show-sync.ts';
import type { App, RouteDeps } from '../../../route.ts';
import { syncHealthJson } from './json.ts';

/** `POST /api/admin/providers/{provider}/pause/` */
export function pauseProviderRoute(app: App, { calendar }: RouteDeps): void {
  app.post('/api/admin/providers/:provider/pause/', {
    config: { access: ['admin'] },
    schema: {
      summary: 'Pause a provider',
      description: 'No node calls it any more; what is to be written is kept. Holds until it is resumed.',
      tags: ['Operation'],
      params: providerParamsSchema,
      response: { 200: syncHealthSchema },
    },
    handler: async ({ context, caller, params }) => {
      await pauseProvider(context, caller, params.provider, true);
      return syncHealthJson(await showSync({ ...context, ...calendar }));
    },
  });
}
