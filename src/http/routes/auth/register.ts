import { registerSchema, sessionSchema } from '../../../api-contract/accounts.ts';
import { register } from '../../../use-cases/accounts/register.ts';
import type { App, RouteDeps } from '../../route.ts';
import { sessionJson } from './json.ts';

/** `POST /api/auth/register/` */
export function registerRoute(app: App, { accounts }: RouteDeps): void {
  app.post('/api/auth/register/', {
    config: { access: 'public' },
    schema: {
      summary: 'Make an account as a customer, and sign in',
      tags: ['Accounts'],
      body: registerSchema,
      response: { 201: sessionSchema },
    },
    handler: async ({ context, body }, reply) => {
      const { email, password, name, phone = null, time_zone: timeZone = null, language = null } = body;
      const registration = { email, password, name, phone, timeZone, language };
      const session = await register({ ...context, ...accounts }, registration);
      reply.code(201);
      return sessionJson(session);
    },
  });
}
