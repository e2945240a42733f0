import { queryOptions } from '@tanstack/react-query';
import {
  servicePageSchema,
  serviceSchema,
  type ChangeServiceRequest,
  type CreateServiceRequest,
  type ServiceJson,
} from '../../../../../src/api-contract/services.ts';
import { ask } from '../../../lib/api.ts';
import { allPages } from '../../../lib/pages.ts';

/** Everything that is or was on offer; only administrators see the latter. */
export function allServicesQuery() {
  return queryOptions({
    queryKey: ['services', 'all'],
    queryFn: async ({ signal }) => {
      const query = { limit: 200 };
      const { items } = await allPages((cursor) =>
        ask(servicePageSchema, 'GET', '/api/services/', { query: { ...query, cursor }, signal }),
      );
      return items;
    },
  });
}

export function createService(request: CreateServiceRequest): Promise<ServiceJson> {
  return ask(serviceSchema, 'POST', '/api/services/', { body: request });
}

/** @throws {Problem} `version_conflict` when somebody was quicker */
export function changeService(id: number, change: ChangeServiceRequest): Promise<ServiceJson> {
  return ask(serviceSchema, 'PATCH', `/api/services/${id}/`, { body: change });
}
