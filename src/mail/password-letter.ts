import { DAY, HOUR } from '../base/time.ts';
import { insertPasswordLink } from '../store/password-links.ts';
import type { ClaimedMail, PasswordMailKind, Recipient } from '../store/mails.ts';
import { hashOfToken, newToken } from '../use-cases/tokens.ts';
import type { LetterDesk } from './desk.ts';
import type { LetterParts } from './letter-parts.ts';

/** Who is invited may be away; who forgot their password sits in front of the mail. */
const LASTS: Readonly<Record<PasswordMailKind, { ms: number; words: string }>> = {
  invitation: { ms: 7 * DAY, words: '7 days' },
  password_reset: { ms: 24 * HOUR, words: '24 hours' },
};

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
  const lasts = LASTS[kind];
  if (mail.createdAt.getTime() + lasts.ms <= now.getTime()) return null;
  if (kind === 'invitation' && recipient.hasPassword) return null;
  const token = newToken();
  const expiresAt = new Date(now.getTime() + lasts.ms);
  await insertPasswordLink(desk.database.db, { userId: recipient.id, hash: hashOfToken(token), expiresAt }, now);
  const { businessName, appUrl } = desk.settings;
  return {
    ...wordsOf(kind, businessName, lasts.words),
    // What follows the # is sent to no server, so no log keeps it.
    action: { label: 'Set your password', url: `${appUrl}/set-password#${token}` },
  };
}

function wordsOf(kind: PasswordMailKind, business: string, lasts: string): Omit<LetterParts, 'action'> {
  if (kind === 'invitation') {
    return {
      subject: `${business}: your account is ready`,
      paragraphs: [
        `${business} has made an account for you. There you see your appointments, and have them appear in your own calendar.`,
        `Choose a password to sign in. The link works once, within ${lasts}.`,
      ],
      footnote: 'If you did not expect this mail, you need not do anything.',
    };
  }
  return {
    subject: `${business}: set a new password`,
    paragraphs: [
      `A new password was asked for, for your account at ${business}.`,
      `Choose one to sign in. The link works once, within ${lasts}. Your present password works until then.`,
    ],
    footnote: 'If it was not you who asked, you need not do anything: nobody else gets this link.',
  };
}
