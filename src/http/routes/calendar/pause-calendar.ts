import { calendarSchema } from '../../../api-contract/calendar.ts';
import { idParamsSchema } from '../../../api-contract/fields.ts';
import { pauseCalendar } from '../../../use-cases/calendar/pause-calendar.ts';
import { showCalendar } from '../../../use-cases/calendar/show-calendar.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../route.ts';
import { calendarJson } from './json.ts';

/** `POST /api/calendar/connections/{id}/pause/` */
export function pauseCalendarRoute(app: App, { calendar }: RouteDeps): void {
  app.post('/api/calendar/connections/:id/pause/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'Pause one of my calendars',
      description: 'Its events stay as they are, and what is to be written waits. 409 `waits_for_owner`.',
      tags: ['Calendar'],
      params: idParamsSchema,
      response: { 200: calendarSchema },
    },
    handler: async ({ context, caller, params }) => {
      await pauseCalendar(context, caller, params.id);
      return calendarJson(await showCalendar({ ...context, ...calendar }, caller));
    },
  });
}
