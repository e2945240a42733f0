import { GraphError, accessDenied } from './graph-error.ts';
import type { AccessToken, Account, Mailbox, State } from './state.ts';

/** The live token behind an Authorization header, with its account. Throws GraphError 401. */
export function authenticate(
  state: State,
  authorization: string | undefined,
  now: number,
): { token: AccessToken; account: Account } {
  if (authorization === undefined) throw unauthenticated('Access token is empty.');
  const match = /^Bearer (\S+)$/i.exec(authorization);
  const token = match?.[1] === undefined ? undefined : state.accessTokens.get(match[1]);
  if (!token) throw unauthenticated('Access token validation failure. Invalid token.');
  const account = state.accounts.get(token.email);
  if (token.expiresAt <= now || !account || account.disabled) {
    throw unauthenticated('Access token has expired or is not yet valid.');
  }
  return { token, account };
}

/** Throws GraphError 403 when none of the token's scopes is one that the method takes. */
export function requireScope(token: AccessToken, scopes: readonly string[]): void {
  if (!token.scopes.some((scope) => scopes.includes(scope))) throw accessDenied();
}

/** The mailbox of an account. Throws GraphError 404 for one without. */
export function requireMailbox(state: State, account: Account): Mailbox {
  const mailbox = state.mailboxes.get(account.email);
  if (mailbox && account.hasMailbox) return mailbox;
  throw new GraphError(404, 'MailboxNotEnabledForRESTAPI', 'REST API is not yet supported for this mailbox.');
}

function unauthenticated(message: string): GraphError {
  return new GraphError(401, 'InvalidAuthenticationToken', message, {
    headers: { 'www-authenticate': 'Bearer realm="", client_id="00000003-0000-0000-c000-000000000000"' },
  });
}
