import { providerParamsSchema } from '../../../../api-contract/calendar.ts';
import { syncHealthSchema } from '../../../../api-contract/health.ts';
import { pauseProvider } from '../../../../use-cases/health/pause-provider.ts';
import { showSync } from '../../../../use-cases/health/show-sync.ts';
import type { App, RouteDeps } from '../../../route.ts';
import { syncHealthJson } from './json.ts';

/** `POST /api/admin/providers/{provider}/resume/` */
export function resumeProviderRoute(app: App, { calendar }: RouteDeps): void {
  app.post('/api/admin/providers/:provider/resume/', {
    config: { access: ['admin'] },
    schema: {
      summary: 'Let a paused provider go on',
      description: 'All its calendars go on from where they stopped.',
      tags: ['Operation'],
      params: providerParamsSchema,
      response: { 200: syncHealthSchema },
    },
    handler: async ({ context, caller, params }) => {
      await pauseProvider(context, caller, params.provider, false);
      return syncHealthJson(await showSync({ ...context, ...calendar }));
    },
  });
}
