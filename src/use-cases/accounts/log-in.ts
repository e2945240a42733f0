import { BusinessError } from '../../domain/errors.ts';
import type { Language } from '../../domain/user.ts';
import { findCredentials, findUser, noteLanguage } from '../../store/users.ts';
import type { AccountContext } from './context.ts';
import { openSession, type Session } from './sessions.ts';
import { recordFailure, refuseTooMany, signInAttempt } from './sign-in-limits.ts';

export interface LogIn {
  email: string;
  password: string;
  /** Of the page on which they sign in; kept where nobody has said yet in which they are written to. */
  language?: Language | undefined;
  /** The caller's IP address. */
  address: string;
}

/**
 * Signs a person in. Takes as long for an unknown e-mail address as for a wrong password, and says the same.
 * @throws {BusinessError} 401 `invalid_credentials`, `account_deactivated`; 429 `too_many_attempts`; 503 `busy`
 */
export async function logIn(context: AccountContext, { email, password, language, address }: LogIn): Promise<Session> {
  const attempt = signInAttempt(email, address);
  await refuseTooMany(context, attempt);
  // Looked at again and recorded in turn: of many guesses sent at once no more are tried than the limit allows.
  const found = await context.passwords.inTurn(async ({ matches }) => {
    await refuseTooMany(context, attempt);
    const credentials = await findCredentials(context.database.db, email);
    if (await matches(credentials?.passwordHash ?? null, password)) return credentials;
    await recordFailure(context, attempt);
    return null;
  });
  if (found === null) throw invalidCredentials();
  return context.database.transaction(async (tx) => {
    if (language !== undefined) await noteLanguage(tx, found.id, language, context.clock.now());
    const user = await findUser(tx, found.id);
    if (user === null || !user.isActive) throw deactivated();
    return openSession(context, tx, user);
  });
}

function invalidCredentials(): BusinessError {
  return new BusinessError(
    'unauthenticated',
    'invalid_credentials',
    'The e-mail address or the password is wrong. Check both, then try again.',
  );
}

function deactivated(): BusinessError {
  return new BusinessError(
    'unauthenticated',
    'account_deactivated',
    'This account has been deactivated. Ask an administrator to activate it again.',
  );
}
