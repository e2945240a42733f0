import { changeAppointmentSchema, changedAppointmentSchema } from '../../../api-contract/appointments.ts';
import { idParamsSchema } from '../../../api-contract/fields.ts';
import { changeAppointment } from '../../../use-cases/change-appointment.ts';
import { expectedVersion, tellVersion } from '../../if-match.ts';
import type { App } from '../../route.ts';
import { changedAppointmentJson } from './json.ts';

/** `PATCH /api/appointments/{id}/` */
export function changeAppointmentRoute(app: App): void {
  app.patch('/api/appointments/:id/', {
    config: { access: ['manager', 'admin'] },
    schema: {
      summary: 'Change an appointment',
      description: '`starts_at` alone keeps the duration. Absent fields stay, `null` empties.',
      tags: ['Appointments'],
      params: idParamsSchema,
      body: changeAppointmentSchema,
      response: { 200: changedAppointmentSchema },
    },
    handler: async (request, reply) => {
      const { context, caller, params, body } = request;
      const changed = await changeAppointment(context, caller, params.id, {
        startsAt: body.starts_at,
        endsAt: body.ends_at,
        timeZone: body.time_zone,
        notes: body.notes,
        internalNotes: body.internal_notes,
        arrivalWindowMinutes: body.arrival_window_minutes,
        version: expectedVersion(request, body.version),
      });
      tellVersion(reply, changed.view.version);
      return changedAppointmentJson(changed);
    },
  });
}
