import { notFound } from '../../domain/errors.ts';
import type { User } from '../../domain/user.ts';
import { findUser } from '../../store/users.ts';
import type { Caller, UseCaseContext } from '../context.ts';

/** An account. @throws {BusinessError} 404 for one that the caller may not know of */
export async function showUser({ database }: UseCaseContext, caller: Caller, id: number): Promise<User> {
  const user = await findUser(database.db, id);
  if (user === null || !mayKnowOf(caller, user)) throw notFound('user');
  return user;
}

/** Administrators know everybody; managers their own staff, the customers they book for, and themselves. */
function mayKnowOf(caller: Caller, user: User): boolean {
  if (caller.role === 'admin' || caller.id === user.id) return true;
  return caller.role === 'manager' && (user.managerId === caller.id || user.role === 'customer');
}
