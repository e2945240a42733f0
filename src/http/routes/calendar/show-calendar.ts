import { calendarSchema } from '../../../api-contract/calendar.ts';
import { showCalendar } from '../../../use-cases/calendar/show-calendar.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../route.ts';
import { calendarJson } from './json.ts';

/** `GET /api/calendar/` */
export function showCalendarRoute(app: App, { calendar }: RouteDeps): void {
  app.get('/api/calendar/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'Own calendar settings, accounts and their state',
      tags: ['Calendar'],
      response: { 200: calendarSchema },
    },
    handler: async ({ context, caller }) => calendarJson(await showCalendar({ ...context, ...calendar }, caller)),
  });
}
