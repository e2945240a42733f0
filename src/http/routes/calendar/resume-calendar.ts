import { calendarSchema } from '../../../api-contract/calendar.ts';
import { idParamsSchema } from '../../../api-contract/fields.ts';
import { resumeCalendar } from '../../../use-cases/calendar/pause-calendar.ts';
import { showCalendar } from '../../../use-cases/calendar/show-calendar.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../route.ts';
import { calendarJson } from './json.ts';

/** `POST /api/calendar/connections/{id}/resume/` */
export function resumeCalendarRoute(app: App, { calendar }: RouteDeps): void {
  app.post('/api/calendar/connections/:id/resume/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'Let one of my paused calendars go on',
      description: 'It goes on from where it stopped. 409 `paused_by_office` when it was the office that paused it.',
      tags: ['Calendar'],
      params: idParamsSchema,
      response: { 200: calendarSchema },
    },
    handler: async ({ context, caller, params }) => {
      await resumeCalendar(context, caller, params.id);
      return calendarJson(await showCalendar({ ...context, ...calendar }, caller));
    },
  });
}
