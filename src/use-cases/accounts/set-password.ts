import { BusinessError } from '../../domain/errors.ts';
import type { Language } from '../../domain/user.ts';
import { endPasswordLinks, findPasswordLink } from '../../store/password-links.ts';
import { revokeSessionsOf } from '../../store/refresh-tokens.ts';
import { lockUser, updateUser } from '../../store/users.ts';
import type { AccountContext } from './context.ts';
import { openSession, type Session } from './sessions.ts';
import { addressAttempt, recordFailure, refuseTooMany } from './sign-in-limits.ts';
import { hashOfToken } from '../tokens.ts';

export interface PasswordByLink {
  /** Of the link in the mail. */
  token: string;
  password: string;
  /** Of the page; who sets their first password is written to in it from then on. */
  language?: Language | undefined;
  /** The caller's IP address. */
  address: string;
}

/**
 * Sets the password of the person whose link it is and signs them in: who reads their mail is them. The link, all their
 * other links and all their sessions end.
 * @throws {BusinessError} 422 `invalid_link`; 429 `too_many_attempts`; 503 `busy`
 */
export async function setPassword(
  context: AccountContext,
  { token, password, language, address }: PasswordByLink,
): Promise<Session> {
  const attempt = addressAttempt(address);
  await refuseTooMany(context, attempt);
  const hash = hashOfToken(token);
  const userId = await findPasswordLink(context.database.db, hash, context.clock.now());
  if (userId === null) {
    await recordFailure(context, attempt);
    throw invalidLink();
  }
  // Only for a link that is good, and before the transaction: hashing takes a while.
  const passwordHash = await context.passwords.hash(password);
  return context.database.transaction(async (tx) => {
    const now = context.clock.now();
    // Of two who use the link at once, the second finds it gone.
    const user = await lockUser(tx, userId);
    if (user === null || !user.isActive || !(await endPasswordLinks(tx, userId, hash, now))) throw invalidLink();
    const first = !user.hasPassword && language !== undefined;
    const updated = await updateUser(tx, user, { passwordHash, ...(first && { language }) }, now);
    await revokeSessionsOf(tx, userId, null, now);
    return openSession(context, tx, updated);
  });
}

function invalidLink(): BusinessError {
  return new BusinessError(
    'invalid',
    'invalid_link',
    'This link has been used or is too old. Ask for a new one on the sign-in page.',
  );
}
