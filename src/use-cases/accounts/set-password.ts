import type { Language } from '../../domain/user.ts';
import { endEmailChangesOf } from '../../store/email-changes.ts';
import { endPasswordLinks } from '../../store/password-links.ts';
import { revokeSessionsOf } from '../../store/refresh-tokens.ts';
import { lockUser, updateUser } from '../../store/users.ts';
import type { AccountContext } from './context.ts';
import { invalidLink, passwordLink } from './password-link.ts';
import { openSession, type Session } from './sessions.ts';

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
  const { userId, hash } = await passwordLink(context, token, address);
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
    // Whoever asked for another address may have known the old password.
    await endEmailChangesOf(tx, userId, now);
    return openSession(context, tx, updated);
  });
}
