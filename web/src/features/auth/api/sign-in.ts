import { sessionSchema, type LogInRequest } from '../../../../../src/api-contract/accounts.ts';
import { browserSession } from '../../../lib/browser-session.ts';
import { parsed, send } from '../../../lib/http.ts';
import { language } from '../../../lib/t.ts';

/** @throws {Problem} 401 for an unknown pair, 429 after too many failures. */
export async function signIn(request: Omit<LogInRequest, 'language'>): Promise<void> {
  const response = await send('POST', '/api/auth/login/', { body: { ...request, language: language() } });
  browserSession.open(await parsed(response, sessionSchema));
}
