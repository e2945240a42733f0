import { findUser } from '../../store/users.ts';
import type { Caller } from '../context.ts';
import type { AccountContext } from './context.ts';

/** Who asks, in which session, and how long the token proves it. */
export interface SignedIn extends Caller {
  sessionId: string;
  expiresAt: Date;
}

/** Whom an access token belongs to, with the role of this moment; `null` when it proves nothing (any more). */
export async function authenticate(
  { accessTokens, database }: Pick<AccountContext, 'accessTokens' | 'database'>,
  accessToken: string,
): Promise<SignedIn | null> {
  const claims = await accessTokens.read(accessToken);
  if (claims === null) return null;
  const user = await findUser(database.db, claims.userId);
  if (user === null || !user.isActive) return null;
  const { sessionId, expiresAt } = claims;
  return { id: user.id, role: user.role, sessionId, expiresAt };
}
