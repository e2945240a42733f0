import { idParamsSchema } from '../../../../api-contract/fields.ts';
import { watchedConnectionSchema } from '../../../../api-contract/health.ts';
import { steerConnection } from '../../../../use-cases/health/steer-connection.ts';
import type { App } from '../../../route.ts';
import { watchedJson } from './json.ts';

/** `POST /api/admin/connections/{id}/resume/` */
export function resumeConnectionRoute(app: App): void {
  app.post('/api/admin/connections/:id/resume/', {
    config: { access: ['admin'] },
    schema: {
      summary: 'Let a paused calendar account go on',
      description: 'From where it stopped. 409 `waits_for_owner` when its owner has to act, `connection_leaving`.',
      tags: ['Operation'],
      params: idParamsSchema,
      response: { 200: watchedConnectionSchema },
    },
    handler: async ({ context, params }) => watchedJson(await steerConnection(context, params.id, 'resume')),
  });
}
