import { type BusinessError, invalidField } from '../../domain/errors.ts';
import { findPasswordHash } from '../../store/users.ts';
import type { AccountContext } from './context.ts';
import { passwordProofAttempt, recordFailure, refuseTooMany } from './sign-in-limits.ts';

/**
 * Has somebody signed in prove by their password that it is them. Not inside a transaction: comparing takes a while.
 * @throws {BusinessError} 422 `wrong_password`; 429 `too_many_attempts`; 503 `busy`
 */
export async function provePassword(
  context: AccountContext,
  userId: number,
  password: string | undefined,
): Promise<void> {
  const attempt = passwordProofAttempt(userId);
  await refuseTooMany(context, attempt);
  if (password === undefined) throw wrongPassword();
  // Looked at again and recorded in turn: of many guesses sent at once no more are tried than the limit allows.
  const isProved = await context.passwords.inTurn(async ({ matches }) => {
    await refuseTooMany(context, attempt);
    if (await matches(await findPasswordHash(context.database.db, userId), password)) return true;
    await recordFailure(context, attempt);
    return false;
  });
  if (!isProved) throw wrongPassword();
}

function wrongPassword(): BusinessError {
  return invalidField('wrong_password', 'current_password', 'Give your present password, to prove that it is you.');
}
