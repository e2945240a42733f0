import { appointmentSchema, reportAbsenceSchema } from '../../../api-contract/appointments.ts';
import { idParamsSchema } from '../../../api-contract/fields.ts';
import { reportAbsence } from '../../../use-cases/report-absence.ts';
import type { App } from '../../route.ts';
import { appointmentJson } from './json.ts';

/** `POST /api/appointments/{id}/cannot-come/` */
export function cannotComeRoute(app: App): void {
  app.post('/api/appointments/:id/cannot-come/', {
    config: { access: ['staff'] },
    schema: {
      summary: 'Say that one can’t come',
      description:
        'Those on the team. The appointment then needs somebody else (`needs_staff`); the caller stays on the team until ' +
        'they are replaced. Their manager gets a mail, or the administrators when there is none.',
      tags: ['Appointments'],
      params: idParamsSchema,
      body: reportAbsenceSchema.nullish(),
      response: { 200: appointmentSchema },
    },
    handler: async ({ context, caller, params, body }) =>
      appointmentJson(await reportAbsence(context, caller, params.id, body?.note ?? null)),
  });
}
