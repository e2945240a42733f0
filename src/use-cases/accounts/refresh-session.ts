import type { Tx } from '../../db/sql.ts';
import { BusinessError } from '../../domain/errors.ts';
import { lockRefreshToken, revokeFamily, spendRefreshToken } from '../../store/refresh-tokens.ts';
import { findUser } from '../../store/users.ts';
import type { AccountContext } from './context.ts';
import { openSession, type Session } from './sessions.ts';
import { hashOfToken } from '../tokens.ts';

type Outcome = { kind: 'refreshed'; session: Session } | { kind: 'reused' } | { kind: 'refused' };

/**
 * Spends a refresh token for the next one. When it was spent before, somebody else has it too, and nobody knows who is
 * who: the whole family ends (RFC 9700 §4.14.2).
 * @throws {BusinessError} 401 `invalid_refresh_token`, `refresh_token_reused`
 */
export async function refreshSession(context: AccountContext, refreshToken: string): Promise<Session> {
  // An outcome, not an exception: the end of a family must be committed.
  const outcome = await context.database.transaction((tx) => refresh(context, tx, refreshToken));
  if (outcome.kind === 'refreshed') return outcome.session;
  if (outcome.kind === 'refused') throw refused('invalid_refresh_token', 'This session has ended. Sign in again.');
  throw refused('refresh_token_reused', 'This session was ended for safety: its token was used twice. Sign in again.');
}

async function refresh(context: AccountContext, tx: Tx, refreshToken: string): Promise<Outcome> {
  const now = context.clock.now();
  const token = await lockRefreshToken(tx, hashOfToken(refreshToken));
  if (token === null || token.revokedAt !== null || token.expiresAt <= now) return { kind: 'refused' };
  if (token.spentAt !== null) {
    await revokeFamily(tx, token.family, now);
    return { kind: 'reused' };
  }
  const user = await findUser(tx, token.userId);
  if (user === null || !user.isActive) return { kind: 'refused' };
  await spendRefreshToken(tx, token.id, now);
  return { kind: 'refreshed', session: await openSession(context, tx, user, token.family) };
}

function refused(code: string, message: string): BusinessError {
  return new BusinessError('unauthenticated', code, message);
}
