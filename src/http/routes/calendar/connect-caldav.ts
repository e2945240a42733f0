import { calendarSchema, connectCaldavSchema } from '../../../api-contract/calendar.ts';
import { connectWithLogin } from '../../../use-cases/calendar/connect-with-login.ts';
import { showCalendar } from '../../../use-cases/calendar/show-calendar.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../route.ts';
import { calendarJson } from './json.ts';

/** `POST /api/calendar/caldav/connect/` */
export function connectCaldavRoute(app: App, { calendar }: RouteDeps): void {
  app.post('/api/calendar/caldav/connect/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'Connect a CalDAV account with an app password',
      description:
        'The login is tried first: 422 says what is wrong about it, and nothing is stored then. The same account again is reconnected.',
      tags: ['Calendar'],
      body: connectCaldavSchema,
      response: { 201: calendarSchema },
    },
    handler: async ({ context, caller, body }, reply) => {
      const whole = { ...context, ...calendar };
      const { server_url: server, username, password } = body;
      await connectWithLogin(whole, caller, {
        provider: 'caldav',
        login: { server, username, password },
        calendar: body.calendar ?? null,
        calendarId: body.calendar_id ?? null,
      });
      return reply.code(201).send(calendarJson(await showCalendar(whole, caller)));
    },
  });
}
