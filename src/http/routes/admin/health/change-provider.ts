import { providerParamsSchema } from '../../../../api-contract/calendar.ts';
import { changeProviderSchema, syncHealthSchema } from '../../../../api-contract/health.ts';
import { noteSecretExpiry } from '../../../../use-cases/health/pause-provider.ts';
import { showSync } from '../../../../use-cases/health/show-sync.ts';
import type { App, RouteDeps } from '../../../route.ts';
import { syncHealthJson } from './json.ts';

/** `PATCH /api/admin/providers/{provider}/` */
export function changeProviderRoute(app: App, { calendar }: RouteDeps): void {
  app.patch('/api/admin/providers/:provider/', {
    config: { access: ['admin'] },
    schema: {
      summary: 'Note when our secret at a provider ends',
      description: 'Microsoft’s end after two years at the most, and nothing tells; 30 days before there is a warning.',
      tags: ['Operation'],
      params: providerParamsSchema,
      body: changeProviderSchema,
      response: { 200: syncHealthSchema },
    },
    handler: async ({ context, params, body }) => {
      await noteSecretExpiry(context, params.provider, body.secret_expires_on);
      return syncHealthJson(await showSync({ ...context, ...calendar }));
    },
  });
}
