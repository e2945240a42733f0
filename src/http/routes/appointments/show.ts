import { appointmentSchema } from '../../../api-contract/appointments.ts';
import { idParamsSchema } from '../../../api-contract/fields.ts';
import { showAppointment } from '../../../use-cases/show-appointment.ts';
import { tellVersion } from '../../if-match.ts';
import { EVERYBODY, type App } from '../../route.ts';
import { appointmentJson } from './json.ts';

/** `GET /api/appointments/{id}/` */
export function showAppointmentRoute(app: App): void {
  app.get('/api/appointments/:id/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'One appointment',
      description: 'Only what the caller’s role may see of it is there.',
      tags: ['Appointments'],
      params: idParamsSchema,
      response: { 200: appointmentSchema },
    },
    handler: async ({ context, caller, params }, reply) => {
      const appointment = await showAppointment(context, caller, params.id);
      tellVersion(reply, appointment.view.version);
      return appointmentJson(appointment);
    },
  });
}
