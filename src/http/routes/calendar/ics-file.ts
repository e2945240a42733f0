import { z } from 'zod';
import { idTextSchema } from '../../../api-contract/fields.ts';
import { appointmentFile } from '../../../use-cases/calendar/appointment-file.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../route.ts';
import { sendCalendarFile } from './send-calendar-file.ts';

/** `GET /api/calendar/ics/{appointment_id}/` */
export function icsFileRoute(app: App, { calendar }: RouteDeps): void {
  app.get('/api/calendar/ics/:appointment_id/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'An appointment as an iCalendar file',
      description: 'Content by role; 404 for those not concerned. A cancelled one says `STATUS:CANCELLED`.',
      tags: ['Calendar'],
      params: z.strictObject({ appointment_id: idTextSchema }),
      produces: ['text/calendar'],
    },
    handler: async ({ context, caller, params }, reply) =>
      sendCalendarFile(reply, await appointmentFile({ ...context, ...calendar }, caller, params.appointment_id)),
  });
}
