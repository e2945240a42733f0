import { queryOptions } from '@tanstack/react-query';
import { servicePageSchema, type ServiceJson } from '../../../../../src/api-contract/services.ts';
import { ask } from '../../../lib/api.ts';
import { allPages } from '../../../lib/pages.ts';

/** What can be ordered now. */
export async function listServices(signal?: AbortSignal): Promise<ServiceJson[]> {
  const { items } = await allPages((cursor) =>
    ask(servicePageSchema, 'GET', '/api/services/', { query: { limit: 200, cursor }, signal }),
  );
  return items.filter((service) => service.is_active);
}

export function servicesQuery() {
  return queryOptions({ queryKey: ['services'], queryFn: ({ signal }) => listServices(signal) });
}
