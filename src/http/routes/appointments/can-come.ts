import { appointmentSchema } from '../../../api-contract/appointments.ts';
import { idParamsSchema } from '../../../api-contract/fields.ts';
import { takeBackAbsence } from '../../../use-cases/report-absence.ts';
import type { App } from '../../route.ts';
import { appointmentJson } from './json.ts';

/** `POST /api/appointments/{id}/can-come/` */
export function canComeRoute(app: App): void {
  app.post('/api/appointments/:id/can-come/', {
    config: { access: ['staff'] },
    schema: {
      summary: 'Say that one can come after all',
      description:
        'Whoever was told by mail that they can’t gets another. Once there is no appointment left of these days that the ' +
        'caller can’t come to, the days end as an absence, too.',
      tags: ['Appointments'],
      params: idParamsSchema,
      response: { 200: appointmentSchema },
    },
    handler: async ({ context, caller, params }) => appointmentJson(await takeBackAbsence(context, caller, params.id)),
  });
}
