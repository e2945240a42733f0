import { idParamsSchema } from '../../../api-contract/fields.ts';
import { invitationSchema } from '../../../api-contract/users.ts';
import { inviteUser } from '../../../use-cases/accounts/invite-user.ts';
import type { App, RouteDeps } from '../../route.ts';

/** `POST /api/users/{id}/invite/` */
export function inviteUserRoute(app: App, { calendar: { mailDelivery } }: RouteDeps): void {
  app.post('/api/users/:id/invite/', {
    config: { access: ['admin'] },
    schema: {
      summary: 'Mail a person the link to set their password',
      description: 'At most 3 an hour. With `delivery: "outbox"` no mail server is set up, and it reaches nobody.',
      tags: ['Accounts'],
      params: idParamsSchema,
      response: { 202: invitationSchema },
    },
    handler: async ({ context, params }, reply) => {
      const { email } = await inviteUser(context, params.id);
      return reply.code(202).send({ email, delivery: mailDelivery });
    },
  });
}
