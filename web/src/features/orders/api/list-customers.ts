import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { userPageSchema, type UserPageJson } from '../../../../../src/api-contract/users.ts';
import { ask } from '../../../lib/api.ts';

const SHOWN = 50;

/** Active customers whose name or e-mail address holds `search`. */
export function listCustomers(search: string, signal?: AbortSignal): Promise<UserPageJson> {
  const query = { role: 'customer', is_active: 'true', limit: SHOWN, search: search.trim() };
  return ask(userPageSchema, 'GET', '/api/users/', { query, signal });
}

export function customersQuery(search: string) {
  return queryOptions({
    queryKey: ['customers', search.trim()],
    queryFn: ({ signal }) => listCustomers(search, signal),
    placeholderData: keepPreviousData,
  });
}
