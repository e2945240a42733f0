import { changedAppointmentSchema, closeAppointmentSchema } from '../../../api-contract/appointments.ts';
import { idParamsSchema } from '../../../api-contract/fields.ts';
import { markNoShow } from '../../../use-cases/mark-no-show.ts';
import { expectedVersion } from '../../if-match.ts';
import type { App } from '../../route.ts';
import { changedAppointmentJson } from './json.ts';

/** `POST /api/appointments/{id}/no-show/` */
export function markNoShowRoute(app: App): void {
  app.post('/api/appointments/:id/no-show/', {
    config: { access: ['manager', 'admin'] },
    schema: {
      summary: 'Note that nobody was at home',
      description: 'Again it changes nothing.',
      tags: ['Appointments'],
      params: idParamsSchema,
      body: closeAppointmentSchema.nullish(),
      response: { 200: changedAppointmentSchema },
    },
    handler: async (request) => {
      const { context, caller, params, body } = request;
      const version = expectedVersion(request, body?.version);
      return changedAppointmentJson(await markNoShow(context, caller, params.id, version));
    },
  });
}
