import { sessionSchema, type SetPasswordRequest } from '../../../../../src/api-contract/accounts.ts';
import { browserSession } from '../../../lib/browser-session.ts';
import { parsed, send } from '../../../lib/http.ts';
import { language } from '../../../lib/t.ts';

/** Asks for the mail with the link; the answer is the same whether there is such an account. @throws {Problem} 429 */
export async function forgotPassword(email: string): Promise<void> {
  await send('POST', '/api/auth/password/forgot/', { body: { email } });
}

/** Whether the link of a mail still sets a password. @throws {Problem} `invalid_link`, 429 */
export async function checkPasswordLink(token: string, signal?: AbortSignal): Promise<void> {
  await send('POST', '/api/auth/password/check/', { body: { token }, signal });
}

/** Sets the password of whom the link is for, and signs them in. @throws {Problem} `invalid_link`, 429 */
export async function setPassword(request: Omit<SetPasswordRequest, 'language'>): Promise<void> {
  const response = await send('POST', '/api/auth/password/set/', { body: { ...request, language: language() } });
  browserSession.open(await parsed(response, sessionSchema));
}
