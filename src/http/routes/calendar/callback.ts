import { callbackQuerySchema, oauthProviderParamsSchema } from '../../../api-contract/calendar.ts';
import { finishConnect } from '../../../use-cases/calendar/finish-connect.ts';
import type { App, RouteDeps } from '../../route.ts';
import { browserToken } from './browser-cookie.ts';

/** `GET /api/calendar/{provider}/callback/` */
export function callbackRoute(app: App, { calendar }: RouteDeps): void {
  app.get('/api/calendar/:provider/callback/', {
    config: { access: 'public' },
    schema: {
      summary: 'Where the provider sends the browser after the consent',
      description: 'Redirects to the settings page with `?connected=`, `?error=`, `?confirm=` or `?admin_consent=`.',
      tags: ['Calendar'],
      params: oauthProviderParamsSchema,
      querystring: callbackQuerySchema,
    },
    handler: async (request, reply) => {
      const { context, params } = request;
      // Only the query counts; the provider's client puts it on the registered address.
      const url = new URL(request.url, 'http://callback.invalid');
      const result = await finishConnect(
        { ...context, ...calendar },
        { provider: params.provider, url, browserToken: browserToken(request) },
      );
      const target = new URL(result.path, context.settings.appUrl);
      for (const [name, value] of Object.entries(result.query)) target.searchParams.set(name, value);
      return reply.header('referrer-policy', 'no-referrer').redirect(target.href, 302);
    },
  });
}
