import { idParamsSchema } from '../../../../api-contract/fields.ts';
import { watchedConnectionSchema } from '../../../../api-contract/health.ts';
import { steerConnection } from '../../../../use-cases/health/steer-connection.ts';
import type { App } from '../../../route.ts';
import { watchedJson } from './json.ts';

/** `POST /api/admin/connections/{id}/pause/` */
export function pauseConnectionRoute(app: App): void {
  app.post('/api/admin/connections/:id/pause/', {
    config: { access: ['admin'] },
    schema: {
      summary: 'Pause a calendar account',
      description:
        'Nothing is written any more and what is to be written is kept, until it is resumed or its owner connects it again. 409 `waits_for_owner`, `connection_leaving`.',
      tags: ['Operation'],
      params: idParamsSchema,
      response: { 200: watchedConnectionSchema },
    },
    handler: async ({ context, params }) => watchedJson(await steerConnection(context, params.id, 'pause')),
  });
}
