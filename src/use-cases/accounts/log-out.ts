import { lockRefreshToken, revokeFamily } from '../../store/refresh-tokens.ts';
import type { AccountContext } from './context.ts';
import { hashOfToken } from '../tokens.ts';

/** Ends the session that the token belongs to. An unknown token has nothing to end, and that is all the same. */
export async function logOut({ database, clock }: AccountContext, refreshToken: string): Promise<void> {
  await database.transaction(async (tx) => {
    const token = await lockRefreshToken(tx, hashOfToken(refreshToken));
    if (token !== null) await revokeFamily(tx, token.family, clock.now());
  });
}
