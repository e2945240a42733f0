import { appointmentSchema, askRescheduleSchema } from '../../../api-contract/appointments.ts';
import { idParamsSchema } from '../../../api-contract/fields.ts';
import { askReschedule } from '../../../use-cases/ask-reschedule.ts';
import { EVERYBODY, type App } from '../../route.ts';
import { appointmentJson } from './json.ts';

/** `POST /api/appointments/{id}/reschedule-request/` */
export function askRescheduleRoute(app: App): void {
  app.post('/api/appointments/:id/reschedule-request/', {
    config: { access: EVERYBODY, idempotent: true },
    schema: {
      summary: 'Ask for another time',
      description:
        'Only the customer of the appointment. Up to three other starts, the most wanted first; the length stays. Nothing ' +
        'moves until one of them is accepted. One request is open at a time; it ends by itself when the appointment is ' +
        'moved, cancelled or done otherwise.',
      tags: ['Appointments'],
      params: idParamsSchema,
      body: askRescheduleSchema,
      response: { 201: appointmentSchema },
    },
    handler: async ({ context, caller, params, body }, reply) => {
      const { proposals, time_zone: timeZone, note = null } = body;
      const seen = await askReschedule(context, caller, params.id, { proposals, timeZone, note });
      reply.code(201);
      return appointmentJson(seen);
    },
  });
}
