import { idParamsSchema } from '../../../../api-contract/fields.ts';
import { watchedConnectionSchema } from '../../../../api-contract/health.ts';
import { steerConnection } from '../../../../use-cases/health/steer-connection.ts';
import type { App } from '../../../route.ts';
import { watchedJson } from './json.ts';

/** `POST /api/admin/connections/{id}/retry/` */
export function retryConnectionRoute(app: App): void {
  app.post('/api/admin/connections/:id/retry/', {
    config: { access: ['admin'] },
    schema: {
      summary: 'Try a calendar account again now',
      description:
        'What failed, and what waits for a back-off of ours; a wait that the provider asked for holds. 409 `waits_for_owner`, `connection_paused`.',
      tags: ['Operation'],
      params: idParamsSchema,
      response: { 200: watchedConnectionSchema },
    },
    handler: async ({ context, params }) => watchedJson(await steerConnection(context, params.id, 'retry')),
  });
}
