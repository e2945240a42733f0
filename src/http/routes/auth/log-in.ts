import { logInSchema, sessionSchema } from '../../../api-contract/accounts.ts';
import { logIn } from '../../../use-cases/accounts/log-in.ts';
import type { App, RouteDeps } from '../../route.ts';
import { sessionJson } from './json.ts';

/** `POST /api/auth/login/` */
export function logInRoute(app: App, { accounts }: RouteDeps): void {
  app.post('/api/auth/login/', {
    config: { access: 'public' },
    schema: {
      summary: 'Sign in',
      description: '429 with `Retry-After` after 10 failures of the account or 50 of the address within 15 minutes.',
      tags: ['Accounts'],
      body: logInSchema,
      response: { 200: sessionSchema },
    },
    handler: async ({ context, body, ip }) => {
      const session = await logIn({ ...context, ...accounts }, { ...body, address: ip });
      return sessionJson(session);
    },
  });
}
