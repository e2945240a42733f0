import { idParamsSchema } from '../../../api-contract/fields.ts';
import { changeUserSchema, userSchema } from '../../../api-contract/users.ts';
import { changeUser } from '../../../use-cases/accounts/change-user.ts';
import type { App, RouteDeps } from '../../route.ts';
import { expectedVersion, tellVersion } from '../../if-match.ts';
import { userJson } from './json.ts';
import { hashPasswordFirst } from './password-hash.ts';

/** `PATCH /api/users/{id}/` */
export function changeUserRoute(app: App, { accounts }: RouteDeps): void {
  const password = hashPasswordFirst(accounts.passwords);
  app.patch('/api/users/:id/', {
    config: { access: ['admin'] },
    schema: {
      summary: 'Change a person’s account: role, manager, activity, e-mail address, name, phone, time zone, password',
      tags: ['Accounts'],
      params: idParamsSchema,
      body: changeUserSchema,
      response: { 200: userSchema },
    },
    preHandler: password.hash,
    handler: async (request, reply) => {
      const { context, caller, params, body } = request;
      const user = await changeUser(context, params.id, {
        email: body.email === undefined ? undefined : { address: body.email, askedBy: caller.id },
        name: body.name,
        phone: body.phone,
        timeZone: body.time_zone,
        role: body.role,
        managerId: body.manager_id,
        isActive: body.is_active,
        passwordHash: password.of(request),
        version: expectedVersion(request, body.version),
      });
      tellVersion(reply, user.version);
      return userJson(user);
    },
  });
}
