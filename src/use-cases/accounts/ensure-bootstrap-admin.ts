import { insertUser, lockActiveAdmins, lockMakingOfFirstAdmin } from '../../store/users.ts';
import type { AccountContext } from './context.ts';

export interface FirstAdmin {
  email: string;
  password: string;
  /** Default: `Administrator`. */
  name?: string;
}

/**
 * What came of it. `email_taken`: somebody has an account with this address already; they are not made an administrator,
 * since anybody may have registered it.
 */
export type FirstAdminOutcome = 'created' | 'there_is_one' | 'email_taken';

/** Makes the first administrator when there is no active one; called at start and by the command line. */
export async function ensureBootstrapAdmin(context: AccountContext, admin: FirstAdmin): Promise<FirstAdminOutcome> {
  if ((await context.database.transaction(lockActiveAdmins)).length > 0) return 'there_is_one';
  const passwordHash = await context.passwords.hash(admin.password);
  return context.database.transaction(async (tx) => {
    await lockMakingOfFirstAdmin(tx);
    if ((await lockActiveAdmins(tx)).length > 0) return 'there_is_one';
    const user = { email: admin.email, passwordHash, name: admin.name ?? 'Administrator', phone: null } as const;
    const place = { role: 'admin', timeZone: 'UTC', managerId: null } as const;
    const made = await insertUser(tx, { ...user, ...place }, context.clock.now());
    return made === null ? 'email_taken' : 'created';
  });
}
