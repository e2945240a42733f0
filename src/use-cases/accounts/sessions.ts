import { randomUUID } from 'node:crypto';
import { DAY } from '../../base/time.ts';
import type { Tx } from '../../db/sql.ts';
import { insertRefreshToken } from '../../store/refresh-tokens.ts';
import type { User } from '../../domain/user.ts';
import type { AccountContext } from './context.ts';
import { hashOfToken, newToken } from '../tokens.ts';

/** What a person gets by signing in. */
export interface Session {
  accessToken: string;
  refreshToken: string;
  /** Seconds until the access token expires. */
  expiresIn: number;
  user: User;
}

/** How long somebody who does not come back stays signed in; each refresh starts it anew. */
const REFRESH_LASTS_MS = 30 * DAY;

/** Begins a session, or goes on with the one of `family`. */
export async function openSession(
  { accessTokens, clock }: AccountContext,
  tx: Tx,
  user: User,
  family: string = randomUUID(),
): Promise<Session> {
  const now = clock.now();
  const refreshToken = newToken();
  const expiresAt = new Date(now.getTime() + REFRESH_LASTS_MS);
  await insertRefreshToken(tx, { userId: user.id, family, hash: hashOfToken(refreshToken), expiresAt }, now);
  const accessToken = await accessTokens.issue(user.id, family);
  return { accessToken, refreshToken, expiresIn: accessTokens.lastsSeconds, user };
}
