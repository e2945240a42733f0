import { refreshTokenSchema, sessionSchema } from '../../../api-contract/accounts.ts';
import { refreshSession } from '../../../use-cases/accounts/refresh-session.ts';
import type { App, RouteDeps } from '../../route.ts';
import { sessionJson } from './json.ts';

/** `POST /api/auth/refresh/` */
export function refreshRoute(app: App, { accounts }: RouteDeps): void {
  app.post('/api/auth/refresh/', {
    config: { access: 'public' },
    schema: {
      summary: 'Exchange a refresh token for a new session',
      description: 'The token is spent by it. Using a spent one ends the whole session.',
      tags: ['Accounts'],
      body: refreshTokenSchema,
      response: { 200: sessionSchema },
    },
    handler: async ({ context, body }) => {
      const session = await refreshSession({ ...context, ...accounts }, body.refresh_token);
      return sessionJson(session);
    },
  });
}
