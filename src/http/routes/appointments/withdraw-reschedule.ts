import { appointmentSchema } from '../../../api-contract/appointments.ts';
import { idParamsSchema } from '../../../api-contract/fields.ts';
import { withdrawReschedule } from '../../../use-cases/ask-reschedule.ts';
import { EVERYBODY, type App } from '../../route.ts';
import { appointmentJson } from './json.ts';

/** `DELETE /api/appointments/{id}/reschedule-request/` */
export function withdrawRescheduleRoute(app: App): void {
  app.delete('/api/appointments/:id/reschedule-request/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'Withdraw the wish for another time',
      description: 'Only the customer of the appointment, while it is not answered.',
      tags: ['Appointments'],
      params: idParamsSchema,
      response: { 200: appointmentSchema },
    },
    handler: async ({ context, caller, params }) =>
      appointmentJson(await withdrawReschedule(context, caller, params.id)),
  });
}
