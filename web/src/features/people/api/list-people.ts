import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { userPageSchema, type UserJson, type UserPageJson } from '../../../../../src/api-contract/users.ts';
import { ask } from '../../../lib/api.ts';
import { allPages } from '../../../lib/pages.ts';

const PER_PAGE = 50;

export interface PeopleFilter {
  role?: UserJson['role'] | undefined;
  /** Part of a name or e-mail address. */
  search?: string;
  is_active?: 'true' | undefined;
}

export function listPeople(
  filter: PeopleFilter & { cursor?: string | undefined; limit?: number },
  signal?: AbortSignal,
): Promise<UserPageJson> {
  return ask(userPageSchema, 'GET', '/api/users/', { query: { limit: PER_PAGE, ...filter }, signal });
}

export function peopleQuery(filter: PeopleFilter) {
  return infiniteQueryOptions({
    queryKey: ['people', 'list', filter],
    queryFn: ({ pageParam, signal }) => listPeople({ ...filter, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** Those whom staff can have as their manager. */
export function managersQuery() {
  return queryOptions({
    queryKey: ['people', 'managers'],
    queryFn: async ({ signal }) => {
      const filter = { role: 'manager', is_active: 'true', limit: 200 } as const;
      return (await allPages((cursor) => listPeople({ ...filter, cursor }, signal))).items;
    },
  });
}
