import { queryOptions } from '@tanstack/react-query';
import {
  meSchema,
  type ChangeEmailRequest,
  type ChangeMeRequest,
  type MeJson,
} from '../../../../../src/api-contract/accounts.ts';
import { ask, askRaw } from '../../../lib/api.ts';
import { browserSession } from '../../../lib/browser-session.ts';
import { send } from '../../../lib/http.ts';

/** One's own account. */
export function accountQuery() {
  return queryOptions({
    queryKey: ['account'],
    queryFn: async ({ signal }) => {
      const me = await ask(meSchema, 'GET', '/api/auth/me/', { signal });
      // The address may have been changed by a link in a mail.
      browserSession.know(me);
      return me;
    },
  });
}

/** @throws {Problem} `version_conflict` when it was changed elsewhere, `wrong_password` */
export function changeAccount(change: ChangeMeRequest): Promise<MeJson> {
  return ask(meSchema, 'PATCH', '/api/auth/me/', { body: change });
}

/** Asks for the mail to the new address. @throws {Problem} `wrong_password`, `same_email`, 429 */
export async function changeEmail(request: ChangeEmailRequest): Promise<void> {
  await askRaw('POST', '/api/auth/email/', { body: request });
}

/** Changes the address of whom the link is for, signed in or not. @throws {Problem} `invalid_link`, 429 */
export async function confirmEmail(token: string): Promise<void> {
  await send('POST', '/api/auth/email/confirm/', { body: { token } });
}
