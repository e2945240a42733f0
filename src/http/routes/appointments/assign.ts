import { assignStaffSchema, changedAppointmentSchema } from '../../../api-contract/appointments.ts';
import { idParamsSchema } from '../../../api-contract/fields.ts';
import { assignAppointment } from '../../../use-cases/assign-appointment.ts';
import { expectedVersion, tellVersion } from '../../if-match.ts';
import type { App } from '../../route.ts';
import { changedAppointmentJson } from './json.ts';

/** `POST /api/appointments/{id}/assign/` */
export function assignAppointmentRoute(app: App): void {
  app.post('/api/appointments/:id/assign/', {
    config: { access: ['manager', 'admin'] },
    schema: {
      summary: 'Replace the team of an appointment',
      description: 'The first leads. Overlaps come back as `warnings`. Managers add and remove only their own team.',
      tags: ['Appointments'],
      params: idParamsSchema,
      body: assignStaffSchema,
      response: { 200: changedAppointmentSchema },
    },
    handler: async (request, reply) => {
      const { context, caller, params, body } = request;
      const changed = await assignAppointment(context, caller, params.id, {
        staffIds: body.staff_ids,
        version: expectedVersion(request, body.version),
      });
      tellVersion(reply, changed.view.version);
      return changedAppointmentJson(changed);
    },
  });
}
