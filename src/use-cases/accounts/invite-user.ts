import { HOUR } from '../../base/time.ts';
import { BusinessError, notFound } from '../../domain/errors.ts';
import { passwordMailsSince, queuePasswordMail } from '../../store/mails.ts';
import { lockUser } from '../../store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { refuseTooManyMails } from './link-mails.ts';

/**
 * Mails a person the link to set their password, for administrators: an invitation while they have none, otherwise the way
 * to another one.
 * @returns where it goes
 * @throws {BusinessError} 404; 409 `person_deactivated`; 429 `too_many_mails`
 */
export async function inviteUser(context: UseCaseContext, id: number): Promise<{ email: string }> {
  return context.database.transaction(async (tx) => {
    const user = await lockUser(tx, id);
    if (user === null) throw notFound('user');
    if (!user.isActive) throw deactivated();
    const now = context.clock.now();
    refuseTooManyMails(await passwordMailsSince(tx, id, new Date(now.getTime() - HOUR)), now);
    await queuePasswordMail(tx, id, user.hasPassword ? 'password_reset' : 'invitation', now);
    return { email: user.email };
  });
}

function deactivated(): BusinessError {
  return new BusinessError('conflict', 'person_deactivated', 'This account is deactivated. Activate it first.');
}
