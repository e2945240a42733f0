import { DAY, HOUR } from '../base/time.ts';
import { insertPasswordLink } from '../store/password-links.ts';
import type { ClaimedMail, PasswordMailKind, Recipient } from '../store/mails.ts';
import { hashOfToken, newToken } from '../use-cases/tokens.ts';
import type { LetterDesk } from './desk.ts';
import type { LetterParts } from './letter-parts.ts';
import { WORDS } from './words/words.ts';

/** Who is invited may be away; who forgot their password sits in front of the mail. The letters say so in words. */
const LASTS_MS: Readonly<Record<PasswordMailKind, number>> = { invitation: 7 * DAY, password_reset: 24 * HOUR };

/**
 * A link to set one's password. Its token is made here, at each attempt anew, so that it is never stored: the letter has
 * it, the tables have its hash. `null` when it waited for so long that its reader does not expect it any more, or when who
 * is invited has a password by now.
 */
export async function passwordLetter(
  desk: LetterDesk,
  mail: ClaimedMail,
  kind: PasswordMailKind,
  recipient: Recipient,
): Promise<LetterParts | null> {
  const now = desk.clock.now();
  const lastsMs = LASTS_MS[kind];
  if (mail.createdAt.getTime() + lastsMs <= now.getTime()) return null;
  if (kind === 'invitation' && recipient.hasPassword) return null;
  const token = newToken();
  const expiresAt = new Date(now.getTime() + lastsMs);
  const { id: userId, email } = recipient;
  const link = { userId, email, hash: hashOfToken(token), expiresAt };
  if (!(await insertPasswordLink(desk.database.db, link, now))) return null;
  const { businessName, appUrl } = desk.settings;
  const words = WORDS[recipient.language].password;
  return {
    ...words[kind](businessName),
    // What follows the # is sent to no server, so no log keeps it.
    action: { label: words.set, url: `${appUrl}/set-password#${token}` },
  };
}
