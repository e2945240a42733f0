import { sessionSchema, setPasswordSchema } from '../../../api-contract/accounts.ts';
import { setPassword } from '../../../use-cases/accounts/set-password.ts';
import type { App, RouteDeps } from '../../route.ts';
import { sessionJson } from './json.ts';

/** `POST /api/auth/password/set/` */
export function setPasswordRoute(app: App, { accounts }: RouteDeps): void {
  app.post('/api/auth/password/set/', {
    config: { access: 'public' },
    schema: {
      summary: 'Set the password by the link of a mail, and sign in',
      description: 'The token is good for one use. All other sessions of the person end.',
      tags: ['Accounts'],
      body: setPasswordSchema,
      response: { 200: sessionSchema },
    },
    handler: async ({ context, body, ip }) =>
      sessionJson(await setPassword({ ...context, ...accounts }, { ...body, address: ip })),
  });
}
