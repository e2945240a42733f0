import { HOUR } from '../../base/time.ts';
import { type BusinessError, invalidField, notFound } from '../../domain/errors.ts';
import { countEmailChangesTo, emailChangesSince, insertEmailChange } from '../../store/email-changes.ts';
import { insertFailures } from '../../store/login-failures.ts';
import { queueEmailLetter } from '../../store/mails.ts';
import { lockUser } from '../../store/users.ts';
import type { Caller } from '../context.ts';
import type { AccountContext } from './context.ts';
import { LINK_MAILS_AN_HOUR, refuseTooManyMails } from './link-mails.ts';
import { provePassword } from './prove-password.ts';
import { askForEmailAttempt, refuseTooMany } from './sign-in-limits.ts';

export interface EmailRequest {
  email: string;
  currentPassword: string;
  /** The caller's IP address. */
  address: string;
}

/**
 * Mails a link to the address with which the caller wants to sign in; nothing changes until it is opened. A newer request
 * replaces an older. Says and does the same whether somebody has that address: what the letter says is found out when it
 * is written.
 * @param sessionId goes on when the change is carried out
 * @throws {BusinessError} 422 `wrong_password`, `same_email`; 429 `too_many_attempts`, `too_many_mails`; 503 `busy`
 */
export async function requestEmailChange(
  context: AccountContext,
  caller: Caller,
  sessionId: string,
  { email, currentPassword, address }: EmailRequest,
): Promise<void> {
  const attempt = askForEmailAttempt(address);
  await refuseTooMany(context, attempt);
  await provePassword(context, caller.id, currentPassword);
  await context.database.transaction(async (tx) => {
    const now = context.clock.now();
    const since = new Date(now.getTime() - HOUR);
    const user = await lockUser(tx, caller.id);
    if (user === null || !user.isActive) throw notFound('account');
    if (email === user.email) throw sameEmail();
    refuseTooManyMails(await emailChangesSince(tx, user.id, since), now);
    const toAddress = await countEmailChangesTo(tx, email, since);
    await insertFailures(
      tx,
      attempt.map(({ counted }) => counted),
      now,
    );
    const emailChangeId = await insertEmailChange(tx, { userId: user.id, email, session: sessionId }, now);
    // An address gets no more of them either, whoever asks; that is told to nobody: how often others asked is not theirs to know.
    if (toAddress < LINK_MAILS_AN_HOUR)
      await queueEmailLetter(tx, { kind: 'email_confirmation', userId: user.id, emailChangeId }, now);
  });
}

function sameEmail(): BusinessError {
  return invalidField('same_email', 'email', 'This is the address of your account already. Give another one.');
}
