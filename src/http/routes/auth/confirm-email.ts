import { z } from 'zod';
import { confirmEmailSchema } from '../../../api-contract/accounts.ts';
import { confirmEmailChange } from '../../../use-cases/accounts/confirm-email-change.ts';
import type { App } from '../../route.ts';

/** `POST /api/auth/email/confirm/` */
export function confirmEmailRoute(app: App): void {
  app.post('/api/auth/email/confirm/', {
    config: { access: 'public' },
    schema: {
      summary: 'Confirm another e-mail address by the link of a mail',
      description:
        'The token is good for one use. The person signs in with this address from then on, a mail to the former one says so, and all their sessions but the one that asked end.',
      tags: ['Accounts'],
      body: confirmEmailSchema,
      response: { 204: z.undefined().describe('The address is changed') },
    },
    handler: async ({ context, body, ip }, reply) => {
      await confirmEmailChange(context, { token: body.token, address: ip });
      return reply.code(204).send();
    },
  });
}
