import { infiniteQueryOptions } from '@tanstack/react-query';
import { orderPageSchema, type OrderJson, type OrderPageJson } from '../../../../../src/api-contract/orders.ts';
import { ask } from '../../../lib/api.ts';

const PER_PAGE = 30;

export function listOrders(
  filter: { status?: OrderJson['status'] | undefined; cursor?: string | undefined },
  signal?: AbortSignal,
): Promise<OrderPageJson> {
  return ask(orderPageSchema, 'GET', '/api/orders/', { query: { ...filter, limit: PER_PAGE }, signal });
}

export function ordersQuery(status: OrderJson['status'] | undefined) {
  return infiniteQueryOptions({
    queryKey: ['orders', 'list', status ?? 'all'],
    queryFn: ({ pageParam, signal }) => listOrders({ status, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}
