import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { orderPageSchema, type OrderJson, type OrderPageJson } from '../../../../../src/api-contract/orders.ts';
import { ask } from '../../../lib/api.ts';

const PER_PAGE = 30;

export function listOrders(
  filter: { status?: OrderJson['status'] | undefined; cursor?: string | undefined; limit?: number },
  signal?: AbortSignal,
): Promise<OrderPageJson> {
  return ask(orderPageSchema, 'GET', '/api/orders/', { query: { limit: PER_PAGE, ...filter }, signal });
}

export function ordersQuery(status: OrderJson['status'] | undefined) {
  return infiniteQueryOptions({
    queryKey: ['orders', 'list', status ?? 'all'],
    queryFn: ({ pageParam, signal }) => listOrders({ status, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

/** The first few that wait for confirmation; `next_cursor` tells whether there are more. */
export function waitingQuery(limit: number) {
  return queryOptions({
    queryKey: ['orders', 'waiting', limit],
    queryFn: ({ signal }) => listOrders({ status: 'pending', limit }, signal),
  });
}
