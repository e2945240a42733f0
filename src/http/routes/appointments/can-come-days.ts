import { absentDaysSchema, takeBackAbsentDaysSchema } from '../../../api-contract/appointments.ts';
import { takeBackAbsentDays } from '../../../use-cases/report-absent-days.ts';
import type { App } from '../../route.ts';
import { appointmentJson } from './json.ts';

/** `POST /api/appointments/can-come/` */
export function canComeDaysRoute(app: App): void {
  app.post('/api/appointments/can-come/', {
    config: { access: ['staff'] },
    schema: {
      summary: 'Say that one can come on whole days after all',
      description:
        'As `…/{id}/can-come/` for all scheduled appointments of the caller in these days that are not over, and these days are ' +
        'no absence any more. Answers with all of them.',
      tags: ['Appointments'],
      body: takeBackAbsentDaysSchema.nullish(),
      response: { 200: absentDaysSchema },
    },
    handler: async ({ context, caller, body }) => {
      const { from, until } = body ?? {};
      return { items: (await takeBackAbsentDays(context, caller, { from, until })).map(appointmentJson) };
    },
  });
}
