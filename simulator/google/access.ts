import { ApiError, forbidden } from './api-error.ts';
import { APP_CREATED } from './scopes.ts';
import type { AccessToken, Calendar, State } from './state.ts';

/** The live token behind an Authorization header. Throws ApiError 401. */
export function authenticate(state: State, authorization: string | undefined, now: number): AccessToken {
  if (authorization === undefined) throw unauthenticated('required', 'Login Required.');
  const match = /^Bearer (\S+)$/i.exec(authorization);
  const token = match?.[1] === undefined ? undefined : state.accessTokens.get(match[1]);
  if (!token || token.expiresAt <= now) throw unauthenticated('authError', 'Invalid Credentials');
  if (state.accounts.get(token.email)?.disabled !== false) throw unauthenticated('authError', 'Invalid Credentials');
  return token;
}

/** Throws ApiError 403 when none of the token's scopes is one that the method takes. */
export function requireScope(token: AccessToken, scopes: readonly string[], method: string): void {
  if (token.scopes.some((scope) => scopes.includes(scope))) return;
  throw new ApiError(403, 'insufficientPermissions', 'Request had insufficient authentication scopes.', {
    envelope: 'front-end',
    itemMessage: 'Insufficient Permission',
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
        domain: 'googleapis.com',
        metadata: { service: 'calendar-json.googleapis.com', method: `calendar.v3.${method}` },
      },
    ],
  });
}

/** Throws ApiError 403 when the method is open to the token only for calendars of its own client and this is none. */
export function requireReach(token: AccessToken, calendar: Calendar, scopes: readonly string[]): void {
  const wide = token.scopes.some((scope) => scope !== APP_CREATED && scopes.includes(scope));
  if (wide || (token.scopes.includes(APP_CREATED) && calendar.createdByClient === token.clientId)) return;
  throw forbidden();
}

function unauthenticated(reason: string, message: string): ApiError {
  return new ApiError(401, reason, message, {
    envelope: 'front-end',
    location: { type: 'header', name: 'Authorization' },
  });
}
