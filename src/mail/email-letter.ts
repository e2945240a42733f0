import { HOUR } from '../base/time.ts';
import { insertEmailLink, loadEmailChange } from '../store/email-changes.ts';
import type { ClaimedMail, Recipient } from '../store/mails.ts';
import { hashOfToken, newToken } from '../use-cases/tokens.ts';
import type { LetterDesk } from './desk.ts';
import type { LetterParts } from './letter-parts.ts';
import { WORDS } from './words/words.ts';

/** The letter says so in words. */
const LASTS_MS = 24 * HOUR;

/**
 * To the address that somebody wants to sign in with: a link, of which the tables have the hash (as with passwords, see
 * `password-letter.ts`), or, when somebody else has the address, that alone. Whose letter box it is is not known yet, so
 * nothing of the person stands in it: not their name either, which anybody can choose as they like. `null` when it waited
 * for so long that nobody expects it any more, or when the change was carried out or given up.
 */
export async function confirmationLetter(
  desk: LetterDesk,
  mail: ClaimedMail,
  recipient: Recipient,
): Promise<LetterParts | null> {
  const { database, clock, settings } = desk;
  const now = clock.now();
  if (mail.emailChangeId === null || mail.createdAt.getTime() + LASTS_MS <= now.getTime()) return null;
  const change = await loadEmailChange(database.db, mail.emailChangeId);
  if (change === null) return null;
  const to = { name: '', address: change.email };
  if (change.holder !== null) {
    const { language } = change.holder;
    const words = WORDS[language].email;
    return { to, language, greeting: words.greeting, ...words.taken(settings.businessName), action: null };
  }
  const token = newToken();
  const expiresAt = new Date(now.getTime() + LASTS_MS);
  await insertEmailLink(database.db, { emailChangeId: change.id, hash: hashOfToken(token), expiresAt });
  const words = WORDS[recipient.language].email;
  return {
    to,
    greeting: words.greeting,
    ...words.confirmation(settings.businessName),
    // What follows the # is sent to no server, so no log keeps it.
    action: { label: words.confirm, url: `${settings.appUrl}/confirm-email#${token}` },
  };
}

/** To the address that was the reader's until now; `null` when it is again. */
export function changedLetter(desk: LetterDesk, mail: ClaimedMail, recipient: Recipient): LetterParts | null {
  const { toEmail } = mail;
  if (toEmail === null || toEmail.toLowerCase() === recipient.email.toLowerCase()) return null;
  const words = WORDS[recipient.language].email;
  return {
    to: { name: recipient.name, address: toEmail },
    ...words.changed(desk.settings.businessName, recipient.email),
    action: null,
  };
}

/** To the address that an administrator gave the reader. */
export function assignedLetter({ settings }: LetterDesk, recipient: Recipient): LetterParts {
  const words = WORDS[recipient.language].email;
  return {
    ...words.assigned(settings.businessName),
    action: { label: words.signIn, url: `${settings.appUrl}/sign-in` },
  };
}
