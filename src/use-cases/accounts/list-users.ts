import type { Role } from '../../domain/appointment.ts';
import type { User } from '../../domain/user.ts';
import { listUsers as selectUsers, type UserFilter } from '../../store/users.ts';
import type { Caller, UseCaseContext } from '../context.ts';
import { decodeCursor, limitOf, pageFrom, type Page, type PageRequest } from '../page.ts';

export interface UserQuery extends PageRequest {
  role?: Role | undefined;
  isActive?: boolean | undefined;
  search?: string | undefined;
}

/** Administrators list everybody; managers their own staff, or with `role: 'customer'` all customers. By id. */
export async function listUsers({ database }: UseCaseContext, caller: Caller, query: UserQuery): Promise<Page<User>> {
  const filter = filterFor(caller, query);
  if (filter === null) return { items: [], nextCursor: null };
  const [afterId = 0] = decodeCursor(query, ['integer']) ?? [];
  const limit = limitOf(query);
  const users = await selectUsers(database.db, filter, Number(afterId), limit + 1);
  return pageFrom(
    users,
    limit,
    (user) => user,
    (user) => [user.id],
  );
}

/** `null`: nobody. */
function filterFor(caller: Caller, { role, isActive, search }: UserQuery): UserFilter | null {
  const filter: UserFilter = { role, isActive, search };
  if (caller.role === 'admin') return filter;
  if (caller.role !== 'manager') return null;
  if (role === 'customer') return filter;
  return role === undefined || role === 'staff' ? { ...filter, managerId: caller.id } : null;
}
