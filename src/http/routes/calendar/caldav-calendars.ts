import { accountCalendarsSchema, caldavLoginSchema } from '../../../api-contract/calendar.ts';
import { listLoginCalendars } from '../../../use-cases/calendar/connect-with-login.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../route.ts';

/** `POST /api/calendar/caldav/calendars/` */
export function caldavCalendarsRoute(app: App, { calendar }: RouteDeps): void {
  app.post('/api/calendar/caldav/calendars/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'The calendars of a CalDAV account, to choose from',
      description: 'Tries the login: 422 says what is wrong about it. Nothing is stored.',
      tags: ['Calendar'],
      body: caldavLoginSchema,
      response: { 200: accountCalendarsSchema },
    },
    handler: async ({ context, caller, body }) => {
      const { server_url: server, username, password } = body;
      const login = { server, username, password };
      const found = await listLoginCalendars({ ...context, ...calendar }, caller, { provider: 'caldav', login });
      return { items: found.map(({ id, name, isDefault }) => ({ id, name, is_default: isDefault })) };
    },
  });
}
