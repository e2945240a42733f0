import { changedAppointmentSchema, closeAppointmentSchema } from '../../../api-contract/appointments.ts';
import { idParamsSchema } from '../../../api-contract/fields.ts';
import { cancelAppointment } from '../../../use-cases/cancel-appointment.ts';
import { expectedVersion } from '../../if-match.ts';
import type { App } from '../../route.ts';
import { changedAppointmentJson } from './json.ts';

/** `POST /api/appointments/{id}/cancel/` */
export function cancelAppointmentRoute(app: App): void {
  app.post('/api/appointments/:id/cancel/', {
    config: { access: ['manager', 'admin'] },
    schema: {
      summary: 'Cancel one appointment',
      description: 'Its order goes on. Again it changes nothing.',
      tags: ['Appointments'],
      params: idParamsSchema,
      body: closeAppointmentSchema.nullish(),
      response: { 200: changedAppointmentSchema },
    },
    handler: async (request) => {
      const { context, caller, params, body } = request;
      const version = expectedVersion(request, body?.version);
      return changedAppointmentJson(await cancelAppointment(context, caller, params.id, version));
    },
  });
}
