import { sessionSchema, type RegisterRequest } from '../../../../../src/api-contract/accounts.ts';
import { browserSession } from '../../../lib/browser-session.ts';
import { parsed, send } from '../../../lib/http.ts';
import { language } from '../../../lib/t.ts';

/** Makes a customer's account and signs them in. @throws {Problem} with the faults of each field. */
export async function register(request: Omit<RegisterRequest, 'language'>): Promise<void> {
  const response = await send('POST', '/api/auth/register/', { body: { ...request, language: language() } });
  browserSession.open(await parsed(response, sessionSchema));
}
