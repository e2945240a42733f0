import { HOUR } from '../../base/time.ts';
import { insertFailures } from '../../store/login-failures.ts';
import { queuePasswordMailTo } from '../../store/mails.ts';
import type { UseCaseContext } from '../context.ts';
import { LINK_MAILS_AN_HOUR } from './link-mails.ts';
import { askForPasswordAttempt, refuseTooMany } from './sign-in-limits.ts';

/**
 * Mails a link to set a new password to whoever has this address. Says and does the same for an address that nobody has,
 * and when the person got enough of these mails already.
 * @param address the caller's IP address
 * @throws {BusinessError} 429 `too_many_attempts`, whatever the addresses asked for
 */
export async function forgotPassword(context: UseCaseContext, email: string, address: string): Promise<void> {
  const attempt = askForPasswordAttempt(address);
  await refuseTooMany(context, attempt);
  const names = attempt.map(({ counted }) => counted);
  const now = context.clock.now();
  const limit = { most: LINK_MAILS_AN_HOUR, since: new Date(now.getTime() - HOUR) };
  await context.database.transaction(async (tx) => {
    await insertFailures(tx, names, now);
    await queuePasswordMailTo(tx, email, limit, now);
  });
}
