import { browserSession } from '../../../lib/browser-session.ts';
import { send } from '../../../lib/http.ts';

/**
 * Ends the sign-in here at once, and at the server as well as can be: without a connection the kept token is forgotten
 * all the same and runs out by itself.
 */
export async function signOut(): Promise<void> {
  const token = browserSession.refreshToken();
  browserSession.close('left');
  if (token === null) return;
  await send('POST', '/api/auth/logout/', { body: { refresh_token: token } }).catch(() => undefined);
}
