import { z } from 'zod';
import { forgotPasswordSchema } from '../../../api-contract/accounts.ts';
import { forgotPassword } from '../../../use-cases/accounts/forgot-password.ts';
import type { App } from '../../route.ts';

/** `POST /api/auth/password/forgot/` */
export function forgotPasswordRoute(app: App): void {
  app.post('/api/auth/password/forgot/', {
    config: { access: 'public' },
    schema: {
      summary: 'Be mailed a link to set a new password',
      description:
        'The answer is the same whether anybody has this address. At most 3 mails an hour to a person; 429 with `Retry-After` after 20 requests of an IP address within 15 minutes.',
      tags: ['Accounts'],
      body: forgotPasswordSchema,
      response: { 202: z.undefined().describe('If somebody has this address, the mail is on its way') },
    },
    handler: async ({ context, body, ip }, reply) => {
      await forgotPassword(context, body.email, ip);
      return reply.code(202).send();
    },
  });
}
