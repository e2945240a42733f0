import { answerGuardSchema, calendarSchema } from '../../../api-contract/calendar.ts';
import { idParamsSchema } from '../../../api-contract/fields.ts';
import { answerGuard } from '../../../use-cases/calendar/answer-guard.ts';
import { showCalendar } from '../../../use-cases/calendar/show-calendar.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../route.ts';
import { calendarJson } from './json.ts';

/** `POST /api/calendar/connections/{id}/answer/` */
export function answerGuardRoute(app: App, { calendar }: RouteDeps): void {
  app.post('/api/calendar/connections/:id/answer/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'Answer the deletion guard’s question',
      description: '`proceed` lets the events go, `keep` leaves or brings them back. 404 when nothing is asked.',
      tags: ['Calendar'],
      params: idParamsSchema,
      body: answerGuardSchema,
      response: { 200: calendarSchema },
    },
    handler: async ({ context, caller, params, body }) => {
      const whole = { ...context, ...calendar };
      await answerGuard(whole, caller, params.id, body.answer);
      return calendarJson(await showCalendar(whole, caller));
    },
  });
}
