import { z } from 'zod';
import { fileMailSchema } from '../../../api-contract/calendar.ts';
import { idTextSchema } from '../../../api-contract/fields.ts';
import { mailAppointmentFile } from '../../../use-cases/calendar/mail-file.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../route.ts';

/** `POST /api/calendar/ics/{appointment_id}/email/` */
export function icsEmailRoute(app: App, { calendar }: RouteDeps): void {
  app.post('/api/calendar/ics/:appointment_id/email/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'Send the iCalendar file of an appointment by e-mail',
      description:
        'To the caller’s own address, content by role; 404 for those not concerned. At most 20 an hour. With `delivery: "outbox"` no mail server is set up, and it reaches nobody.',
      tags: ['Calendar'],
      params: z.strictObject({ appointment_id: idTextSchema }),
      response: { 202: fileMailSchema },
    },
    handler: async ({ context, caller, params }, reply) => {
      const mail = await mailAppointmentFile({ ...context, ...calendar }, caller, params.appointment_id);
      return reply.code(202).send(mail);
    },
  });
}
