import { CipherError, type Cipher } from '../base/cipher.ts';
import { BusinessError } from '../domain/errors.ts';
import { MAIL_CHOICES, setMailChoice, type MailChoice } from '../store/mail-choices.ts';
import type { UseCaseContext } from './context.ts';

/** Names the texts that are sealed here; see `Cipher`. */
const PLACE = 'unsubscribe';

/** What a link at the foot of a mail switches off. */
export interface Unsubscription {
  userId: number;
  choice: MailChoice;
}

/**
 * The address in a mail that switches off this kind of mail, without signing in: programs send it a POST (RFC 8058),
 * people get a page that asks. Good for as long as the key that sealed it is kept; nothing about it is stored.
 */
export function unsubscribeUrl(cipher: Cipher, appUrl: string, { userId, choice }: Unsubscription): string {
  return `${appUrl}/api/mails/unsubscribe/?token=${cipher.seal(`${userId} ${choice}`, PLACE)}`;
}

/** `null` when it is none of ours. */
export function readUnsubscribeToken(cipher: Cipher, token: string): Unsubscription | null {
  try {
    const [userId, choice] = cipher.open(token, PLACE).split(' ');
    const known = MAIL_CHOICES.find((name) => name === choice);
    return known === undefined ? null : { userId: Number(userId), choice: known };
  } catch (error) {
    if (error instanceof CipherError) return null;
    throw error;
  }
}

/**
 * Switches off the kind of mail that the token is for; again it changes nothing.
 * @throws BusinessError 422 `invalid_link`
 */
export async function unsubscribe(context: UseCaseContext, cipher: Cipher, token: string): Promise<MailChoice> {
  const found = readUnsubscribeToken(cipher, token);
  if (found === null) {
    throw new BusinessError(
      'invalid',
      'invalid_link',
      'This link is not complete or not valid any more. Sign in and choose your mails in Settings → Calendar.',
    );
  }
  const now = context.clock.now();
  await context.database.transaction((tx) => setMailChoice(tx, found.userId, found.choice, false, now));
  return found.choice;
}
