import { appointmentSchema, declineRescheduleSchema } from '../../../api-contract/appointments.ts';
import { idParamsSchema } from '../../../api-contract/fields.ts';
import { declineReschedule } from '../../../use-cases/answer-reschedule.ts';
import type { App } from '../../route.ts';
import { appointmentJson } from './json.ts';

/** `POST /api/appointments/{id}/reschedule-request/decline/` */
export function declineRescheduleRoute(app: App): void {
  app.post('/api/appointments/:id/reschedule-request/decline/', {
    config: { access: ['manager', 'admin'] },
    schema: {
      summary: 'Decline the customer’s wish for another time',
      description: 'The appointment stays as it is; the customer reads the reason, and gets a mail.',
      tags: ['Appointments'],
      params: idParamsSchema,
      body: declineRescheduleSchema,
      response: { 200: appointmentSchema },
    },
    handler: async ({ context, caller, params, body }) => {
      const answer = { requestId: body.request_id, reason: body.reason };
      return appointmentJson(await declineReschedule(context, caller, params.id, answer));
    },
  });
}
