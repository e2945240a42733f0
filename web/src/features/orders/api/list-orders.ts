import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { orderPageSchema, type OrderJson, type OrderPageJson } from '../../../../../src/api-contract/orders.ts';
import { ask } from '../../../lib/api.ts';

const PER_PAGE = 30;
/** The API lists by number; what waits is sorted here by its day, so as much of it as there may be is had at once. */
const LARGEST_PAGE = 200;

export function listOrders(
  filter: {
    status?: OrderJson['status'] | undefined;
    customer_id?: string | undefined;
    cursor?: string | undefined;
    limit?: number;
  },
  signal?: AbortSignal,
): Promise<OrderPageJson> {
  return ask(orderPageSchema, 'GET', '/api/orders/', { query: { limit: PER_PAGE, ...filter }, signal });
}

export function ordersQuery(status: OrderJson['status'] | undefined) {
  return infiniteQueryOptions({
    queryKey: ['orders', 'list', status ?? 'all'],
    queryFn: ({ pageParam, signal }) =>
      listOrders({ status, cursor: pageParam, limit: status === 'pending' ? LARGEST_PAGE : PER_PAGE }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

/** What waits for confirmation: so many that the soonest are among them; `next_cursor` tells whether there are more. */
export function waitingQuery() {
  return queryOptions({
    queryKey: ['orders', 'waiting'],
    queryFn: ({ signal }) => listOrders({ status: 'pending', limit: LARGEST_PAGE }, signal),
  });
}

/** The newest order of a customer, the reader's own without an id; `null` when there is none. */
export function lastOrderQuery(customerId: string | undefined) {
  return queryOptions({
    queryKey: ['orders', 'last', customerId ?? 'mine'],
    queryFn: async ({ signal }) => {
      const { items } = await listOrders({ customer_id: customerId, limit: 1 }, signal);
      return items[0] ?? null;
    },
    // The next booking is not to begin with the order before the last.
    gcTime: 0,
  });
}
