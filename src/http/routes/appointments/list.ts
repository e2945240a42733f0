import { appointmentPageSchema, listAppointmentsQuerySchema } from '../../../api-contract/appointments.ts';
import { listAppointments } from '../../../use-cases/list-appointments.ts';
import { EVERYBODY, type App } from '../../route.ts';
import { appointmentJson } from './json.ts';

/** `GET /api/appointments/` */
export function listAppointmentsRoute(app: App): void {
  app.get('/api/appointments/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'Appointments, soonest first',
      description:
        'Customers: their own. Staff: those they are assigned to. Managers: those of their team or of nobody. ' +
        'Administrators: all. `from` and `to` select what overlaps `[from, to)`.',
      tags: ['Appointments'],
      querystring: listAppointmentsQuerySchema,
      response: { 200: appointmentPageSchema },
    },
    handler: async ({ context, caller, query }) => {
      const { staff_id: staffId, customer_id: customerId, needs_staff: needsStaff, sort, ...others } = query;
      const { reschedule_requested: rescheduleRequested, ...rest } = others;
      const { items, nextCursor } = await listAppointments(context, caller, {
        ...rest,
        ...{ staffId, customerId, needsStaff, rescheduleRequested, latestFirst: sort === '-starts_at' },
      });
      return { items: items.map(appointmentJson), next_cursor: nextCursor };
    },
  });
}
