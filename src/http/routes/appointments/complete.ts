import { changedAppointmentSchema, closeAppointmentSchema } from '../../../api-contract/appointments.ts';
import { idParamsSchema } from '../../../api-contract/fields.ts';
import { completeAppointment } from '../../../use-cases/complete-appointment.ts';
import { expectedVersion } from '../../if-match.ts';
import type { App } from '../../route.ts';
import { changedAppointmentJson } from './json.ts';

/** `POST /api/appointments/{id}/complete/` */
export function completeAppointmentRoute(app: App): void {
  app.post('/api/appointments/:id/complete/', {
    config: { access: ['staff', 'manager', 'admin'] },
    schema: {
      summary: 'Note that the work is done',
      description: 'Staff: their own appointments. Again it changes nothing.',
      tags: ['Appointments'],
      params: idParamsSchema,
      body: closeAppointmentSchema.nullish(),
      response: { 200: changedAppointmentSchema },
    },
    handler: async (request) => {
      const { context, caller, params, body } = request;
      const version = expectedVersion(request, body?.version);
      return changedAppointmentJson(await completeAppointment(context, caller, params.id, version));
    },
  });
}
