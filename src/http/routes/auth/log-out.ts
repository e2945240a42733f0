import { z } from 'zod';
import { refreshTokenSchema } from '../../../api-contract/accounts.ts';
import { logOut } from '../../../use-cases/accounts/log-out.ts';
import type { App, RouteDeps } from '../../route.ts';

/** `POST /api/auth/logout/` */
export function logOutRoute(app: App, { accounts }: RouteDeps): void {
  app.post('/api/auth/logout/', {
    config: { access: 'public' },
    schema: {
      summary: 'Sign out',
      tags: ['Accounts'],
      body: refreshTokenSchema,
      response: { 204: z.undefined().describe('Signed out') },
    },
    handler: async ({ context, body }, reply) => {
      await logOut({ ...context, ...accounts }, body.refresh_token);
      return reply.code(204).send();
    },
  });
}
