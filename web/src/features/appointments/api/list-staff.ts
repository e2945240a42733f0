import { queryOptions } from '@tanstack/react-query';
import { userPageSchema, type UserJson } from '../../../../../src/api-contract/users.ts';
import { ask } from '../../../lib/api.ts';
import { allPages } from '../../../lib/pages.ts';

/** The active staff that the caller may assign: a manager's own team, everyone for an administrator. */
export async function listStaff(signal?: AbortSignal): Promise<UserJson[]> {
  const query = { role: 'staff', is_active: 'true', limit: 200 };
  const { items } = await allPages((cursor) =>
    ask(userPageSchema, 'GET', '/api/users/', { query: { ...query, cursor }, signal }),
  );
  return items;
}

export function staffQuery() {
  return queryOptions({ queryKey: ['staff'], queryFn: ({ signal }) => listStaff(signal) });
}
