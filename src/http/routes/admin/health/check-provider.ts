import { providerParamsSchema } from '../../../../api-contract/calendar.ts';
import { syncHealthSchema } from '../../../../api-contract/health.ts';
import { checkCredentials } from '../../../../use-cases/health/check-credentials.ts';
import { showSync } from '../../../../use-cases/health/show-sync.ts';
import type { App, RouteDeps } from '../../../route.ts';
import { syncHealthJson } from './json.ts';

/** `POST /api/admin/providers/{provider}/check/` */
export function checkProviderRoute(app: App, { calendar }: RouteDeps): void {
  app.post('/api/admin/providers/:provider/check/', {
    config: { access: ['admin'] },
    schema: {
      summary: 'Ask a provider whether it takes our credentials',
      description: 'Nobody’s account is touched. 503 `provider_not_configured` when there are none.',
      tags: ['Operation'],
      params: providerParamsSchema,
      response: { 200: syncHealthSchema },
    },
    handler: async ({ context, params }) => {
      const whole = { ...context, ...calendar };
      await checkCredentials(whole, params.provider);
      return syncHealthJson(await showSync(whole));
    },
  });
}
