import type { Language } from '../../domain/user.ts';
import { insertUser } from '../../store/users.ts';
import { emailTaken, knownZone } from './checks.ts';
import type { AccountContext } from './context.ts';
import { openSession, type Session } from './sessions.ts';

export interface Registration {
  email: string;
  password: string;
  name: string;
  phone: string | null;
  /** IANA; UTC when nobody says. */
  timeZone: string | null;
  language: Language | null;
}

/**
 * Makes an account for a customer and signs them in. Nobody chooses another role for themselves.
 * @throws {BusinessError} 409 `email_taken`, 422 `unknown_time_zone`
 */
export async function register(context: AccountContext, registration: Registration): Promise<Session> {
  const { email, name, phone, language } = registration;
  const timeZone = knownZone(context, registration.timeZone ?? 'UTC');
  const passwordHash = await context.passwords.hash(registration.password);
  return context.database.transaction(async (tx) => {
    const user = { email, passwordHash, name, phone, role: 'customer', timeZone, language, managerId: null } as const;
    const inserted = await insertUser(tx, user, context.clock.now());
    if (inserted === null) throw emailTaken();
    return openSession(context, tx, inserted);
  });
}
