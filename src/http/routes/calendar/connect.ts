import { authorizationSchema, connectSchema, oauthProviderParamsSchema } from '../../../api-contract/calendar.ts';
import { connectCalendar } from '../../../use-cases/calendar/connect-calendar.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../route.ts';
import { browserToken, keepBrowserToken } from './browser-cookie.ts';

/** `POST /api/calendar/{provider}/connect/` */
export function connectRoute(app: App, { calendar }: RouteDeps): void {
  app.post('/api/calendar/:provider/connect/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'Begin to connect a calendar account',
      description:
        'Send the browser to the `authorization_url`; it comes back to the callback. 503 without credentials.',
      tags: ['Calendar'],
      params: oauthProviderParamsSchema,
      body: connectSchema.nullish(),
      response: { 200: authorizationSchema },
    },
    handler: async (request, reply) => {
      const { context, caller, params, body } = request;
      const started = await connectCalendar({ ...context, ...calendar }, caller, {
        provider: params.provider,
        calendar: body?.calendar ?? null,
        returnTo: body?.return_to ?? null,
        browserToken: browserToken(request),
      });
      keepBrowserToken(reply, started.browserToken, context.settings.appUrl.startsWith('https:'));
      return { authorization_url: started.authorizationUrl };
    },
  });
}
