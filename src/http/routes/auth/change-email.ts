import { z } from 'zod';
import { changeEmailSchema } from '../../../api-contract/accounts.ts';
import { requestEmailChange } from '../../../use-cases/accounts/request-email-change.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../route.ts';

/** `POST /api/auth/email/` */
export function changeEmailRoute(app: App, { accounts }: RouteDeps): void {
  app.post('/api/auth/email/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'Be mailed a link to sign in with another e-mail address',
      description:
        'Nothing changes until the link is opened, within 24 hours; a newer request replaces an older. The answer is the same whether somebody has this address; the mail to it says so then, and has no link. At most 3 requests of a person and 3 mails to an address an hour; 429 with `Retry-After` after 10 wrong passwords, or 20 requests of an IP address, within 15 minutes.',
      tags: ['Accounts'],
      body: changeEmailSchema,
      response: { 202: z.undefined().describe('A mail to the new address is on its way') },
    },
    handler: async ({ context, caller, body, ip }, reply) => {
      const request = { email: body.email, currentPassword: body.current_password, address: ip };
      await requestEmailChange({ ...context, ...accounts }, caller, caller.sessionId, request);
      return reply.code(202).send();
    },
  });
}
