import { queryOptions } from '@tanstack/react-query';
import { orderSchema, type OrderJson } from '../../../../../src/api-contract/orders.ts';
import { ask } from '../../../lib/api.ts';

export function getOrder(id: number, signal?: AbortSignal): Promise<OrderJson> {
  return ask(orderSchema, 'GET', `/api/orders/${id}/`, { signal });
}

export function orderQuery(id: number) {
  return queryOptions({ queryKey: ['orders', 'one', id], queryFn: ({ signal }) => getOrder(id, signal) });
}
