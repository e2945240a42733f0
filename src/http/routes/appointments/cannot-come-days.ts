import { absentDaysSchema, reportAbsentDaysSchema } from '../../../api-contract/appointments.ts';
import { reportAbsentDays } from '../../../use-cases/report-absent-days.ts';
import type { App } from '../../route.ts';
import { appointmentJson } from './json.ts';

/** `POST /api/appointments/cannot-come/` */
export function cannotComeDaysRoute(app: App): void {
  app.post('/api/appointments/cannot-come/', {
    config: { access: ['staff'] },
    schema: {
      summary: 'Say that one can’t come for whole days',
      description:
        'As `…/{id}/cannot-come/` for all scheduled appointments of the caller in these days that are not over: who is ill ' +
        'calls in once, and those who plan get one mail. What was said of an appointment before stays. Answers with all of them. ' +
        'The days are kept (`GET /api/absences/`): whoever plans the caller for them later is warned (`staff_absent`).',
      tags: ['Appointments'],
      body: reportAbsentDaysSchema.nullish(),
      response: { 200: absentDaysSchema },
    },
    handler: async ({ context, caller, body }) => {
      const { from, until, note = null } = body ?? {};
      return { items: (await reportAbsentDays(context, caller, { from, until, note })).map(appointmentJson) };
    },
  });
}
