import { z } from 'zod';
import { passwordLinkSchema } from '../../../api-contract/accounts.ts';
import { passwordLink } from '../../../use-cases/accounts/password-link.ts';
import type { App } from '../../route.ts';

/** `POST /api/auth/password/check/` */
export function checkPasswordLinkRoute(app: App): void {
  app.post('/api/auth/password/check/', {
    config: { access: 'public' },
    schema: {
      summary: 'See whether the link of a mail still sets a password',
      description: 'Uses nothing up. Refused as setting the password would be, before somebody has chosen one.',
      tags: ['Accounts'],
      body: passwordLinkSchema,
      response: { 204: z.undefined().describe('It does') },
    },
    handler: async ({ context, body, ip }, reply) => {
      await passwordLink(context, body.token, ip);
      return reply.code(204).send();
    },
  });
}
