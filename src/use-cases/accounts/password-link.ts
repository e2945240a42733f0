import { BusinessError } from '../../domain/errors.ts';
import { findPasswordLink } from '../../store/password-links.ts';
import type { UseCaseContext } from '../context.ts';
import { hashOfToken } from '../tokens.ts';
import { addressAttempt, recordFailure, refuseTooMany } from './sign-in-limits.ts';

/** A link of a mail that sets a password, as it is kept. */
export interface PasswordLink {
  userId: number;
  /** Of its token. */
  hash: Buffer;
}

/**
 * The link of this token, which stays good. Who guesses is counted together with failed sign-ins.
 * @param address the caller's IP address
 * @throws {BusinessError} 422 `invalid_link`; 429 `too_many_attempts`
 */
export async function passwordLink(context: UseCaseContext, token: string, address: string): Promise<PasswordLink> {
  const attempt = addressAttempt(address);
  await refuseTooMany(context, attempt);
  const hash = hashOfToken(token);
  const userId = await findPasswordLink(context.database.db, hash, context.clock.now());
  if (userId !== null) return { userId, hash };
  await recordFailure(context, attempt);
  throw invalidLink();
}

export function invalidLink(): BusinessError {
  return new BusinessError(
    'invalid',
    'invalid_link',
    'This link has been used or is too old. Ask for a new one on the sign-in page.',
  );
}
