import { changeMeSchema, meSchema } from '../../../api-contract/accounts.ts';
import { changeMe } from '../../../use-cases/accounts/change-me.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../route.ts';
import { expectedVersion, tellVersion } from '../../if-match.ts';
import { meJson } from './json.ts';

/** `PATCH /api/auth/me/` */
export function changeMeRoute(app: App, { accounts }: RouteDeps): void {
  app.patch('/api/auth/me/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'Change one’s own name, phone, time zone, language or password',
      tags: ['Accounts'],
      body: changeMeSchema,
      response: { 200: meSchema },
    },
    handler: async (request, reply) => {
      const { context, caller, body } = request;
      const user = await changeMe({ ...context, ...accounts }, caller, caller.sessionId, {
        name: body.name,
        phone: body.phone,
        timeZone: body.time_zone,
        language: body.language,
        newPassword: body.new_password,
        currentPassword: body.current_password,
        version: expectedVersion(request, body.version),
      });
      tellVersion(reply, user.version);
      return meJson(user);
    },
  });
}
