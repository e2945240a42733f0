import { queryOptions } from '@tanstack/react-query';
import { meSchema, type ChangeMeRequest, type MeJson } from '../../../../../src/api-contract/accounts.ts';
import { ask } from '../../../lib/api.ts';

/** One's own account. */
export function accountQuery() {
  return queryOptions({
    queryKey: ['account'],
    queryFn: ({ signal }) => ask(meSchema, 'GET', '/api/auth/me/', { signal }),
  });
}

/** @throws {Problem} `version_conflict` when it was changed elsewhere, `wrong_password` */
export function changeAccount(change: ChangeMeRequest): Promise<MeJson> {
  return ask(meSchema, 'PATCH', '/api/auth/me/', { body: change });
}
