import { notFound } from '../../domain/errors.ts';
import type { User } from '../../domain/user.ts';
import { findUser } from '../../store/users.ts';
import type { Caller, UseCaseContext } from '../context.ts';

/** The caller's own account. */
export async function showMe({ database }: UseCaseContext, caller: Caller): Promise<User> {
  const user = await findUser(database.db, caller.id);
  if (user === null) throw notFound('account');
  return user;
}
