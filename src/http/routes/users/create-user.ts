import { createUserSchema, userSchema } from '../../../api-contract/users.ts';
import { createUser } from '../../../use-cases/accounts/create-user.ts';
import type { App, RouteDeps } from '../../route.ts';
import { tellVersion } from '../../if-match.ts';
import { userJson } from './json.ts';
import { hashPasswordFirst } from './password-hash.ts';

/** `POST /api/users/` */
export function createUserRoute(app: App, { accounts }: RouteDeps): void {
  const password = hashPasswordFirst(accounts.passwords);
  app.post('/api/users/', {
    config: { access: ['admin'], idempotent: true },
    schema: {
      summary: 'Make an account of any role',
      description: 'Without `password` the person is mailed a link to set one.',
      tags: ['Accounts'],
      body: createUserSchema,
      response: { 201: userSchema },
    },
    preHandler: password.hash,
    handler: async (request, reply) => {
      const { context, caller, body } = request;
      const { email, name, role, phone = null, time_zone: timeZone = null, manager_id: managerId = null } = body;
      const passwordHash = password.of(request) ?? null;
      const creation = { email, passwordHash, name, role, phone, timeZone, language: body.language ?? null, managerId };
      const user = await createUser(context, caller, creation);
      reply.code(201);
      tellVersion(reply, user.version);
      return userJson(user);
    },
  });
}
