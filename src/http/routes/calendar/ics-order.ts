import { z } from 'zod';
import { idTextSchema } from '../../../api-contract/fields.ts';
import { orderFile } from '../../../use-cases/calendar/appointment-file.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../route.ts';
import { sendCalendarFile } from './send-calendar-file.ts';

/** `GET /api/calendar/ics/order/{order_id}/` */
export function icsOrderRoute(app: App, { calendar }: RouteDeps): void {
  app.get('/api/calendar/ics/order/:order_id/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'All appointments of an order in one iCalendar file',
      description:
        'Those that concern the caller, content by role; 404 when none does. Cancelled ones say `STATUS:CANCELLED`.',
      tags: ['Calendar'],
      params: z.strictObject({ order_id: idTextSchema }),
      produces: ['text/calendar'],
    },
    handler: async ({ context, caller, params }, reply) =>
      sendCalendarFile(reply, await orderFile({ ...context, ...calendar }, caller, params.order_id)),
  });
}
