import { calendarSchema, confirmConnectionSchema, oauthProviderParamsSchema } from '../../../api-contract/calendar.ts';
import { confirmConnect } from '../../../use-cases/calendar/confirm-connect.ts';
import { showCalendar } from '../../../use-cases/calendar/show-calendar.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../route.ts';
import { calendarJson } from './json.ts';

/** `POST /api/calendar/{provider}/confirm/` */
export function confirmRoute(app: App, { calendar }: RouteDeps): void {
  app.post('/api/calendar/:provider/confirm/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'Link what came back in another browser, or from another account',
      description: 'Only the user who began the flow may, within 10 minutes.',
      tags: ['Calendar'],
      params: oauthProviderParamsSchema,
      body: confirmConnectionSchema,
      response: { 200: calendarSchema },
    },
    handler: async ({ context, caller, params, body }) => {
      const whole = { ...context, ...calendar };
      await confirmConnect(whole, caller, params.provider, body.flow_id, body.replace ?? false);
      return calendarJson(await showCalendar(whole, caller));
    },
  });
}
