import type { Role } from '../../domain/appointment.ts';
import type { Language, User } from '../../domain/user.ts';
import { queuePasswordMail } from '../../store/mails.ts';
import { findUser, insertUser } from '../../store/users.ts';
import type { Caller, UseCaseContext } from '../context.ts';
import { checkManager, emailTaken, knownZone } from './checks.ts';

export interface UserCreation {
  email: string;
  /**
   * Of `Passwords.hash`; made before, because hashing takes longer than a transaction should last. `null`: the person is
   * mailed a link to set it.
   */
  passwordHash: string | null;
  name: string;
  role: Role;
  phone: string | null;
  /** `null`: the one of the person who makes the account. */
  timeZone: string | null;
  /** `null`: the one of the person who makes the account. */
  language: Language | null;
  managerId: number | null;
}

/**
 * Makes an account of any role; for administrators.
 * @throws {BusinessError} 409 `email_taken`, 422 `invalid_manager`, `unknown_time_zone`
 */
export async function createUser(context: UseCaseContext, caller: Caller, creation: UserCreation): Promise<User> {
  if (creation.timeZone !== null) knownZone(context, creation.timeZone);
  return context.database.transaction(async (tx) => {
    await checkManager(tx, creation.role, creation.managerId);
    const maker = await findUser(tx, caller.id);
    const timeZone = creation.timeZone ?? maker?.timeZone ?? 'UTC';
    const language = creation.language ?? maker?.language ?? null;
    const now = context.clock.now();
    const user = await insertUser(tx, { ...creation, timeZone, language }, now);
    if (user === null) throw emailTaken();
    if (creation.passwordHash === null) await queuePasswordMail(tx, user.id, 'invitation', now);
    return user;
  });
}
