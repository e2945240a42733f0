import { acceptRescheduleSchema, changedAppointmentSchema } from '../../../api-contract/appointments.ts';
import { idParamsSchema } from '../../../api-contract/fields.ts';
import { acceptReschedule } from '../../../use-cases/answer-reschedule.ts';
import { expectedVersion, tellVersion } from '../../if-match.ts';
import type { App } from '../../route.ts';
import { changedAppointmentJson } from './json.ts';

/** `POST /api/appointments/{id}/reschedule-request/accept/` */
export function acceptRescheduleRoute(app: App): void {
  app.post('/api/appointments/:id/reschedule-request/accept/', {
    config: { access: ['manager', 'admin'] },
    schema: {
      summary: 'Accept one of the times that the customer proposes',
      description:
        'The appointment moves there as by `PATCH`: calendars follow, overlaps come back as `warnings`. The customer gets ' +
        'a mail.',
      tags: ['Appointments'],
      params: idParamsSchema,
      body: acceptRescheduleSchema,
      response: { 200: changedAppointmentSchema },
    },
    handler: async (request, reply) => {
      const { context, caller, params, body } = request;
      const changed = await acceptReschedule(context, caller, params.id, {
        requestId: body.request_id,
        number: body.number,
        version: expectedVersion(request, body.version),
      });
      tellVersion(reply, changed.view.version);
      return changedAppointmentJson(changed);
    },
  });
}
