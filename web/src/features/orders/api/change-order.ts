import {
  changedOrderSchema,
  type ChangedOrderJson,
  type CreateOrderRequest,
} from '../../../../../src/api-contract/orders.ts';
import { ask } from '../../../lib/api.ts';

/** `key`: sent as `Idempotency-Key`, so that a second press after a lost answer makes no second order. */
export function createOrder(request: CreateOrderRequest, key: string): Promise<ChangedOrderJson> {
  return ask(changedOrderSchema, 'POST', '/api/orders/', { body: request, headers: { 'idempotency-key': key } });
}

/** Makes the appointments. Confirming twice changes nothing. */
export function confirmOrder(id: number, version: number): Promise<ChangedOrderJson> {
  return ask(changedOrderSchema, 'POST', `/api/orders/${id}/confirm/`, { body: { version } });
}

/** Cancels the order with its open appointments. */
export function cancelOrder(id: number, version: number): Promise<ChangedOrderJson> {
  return ask(changedOrderSchema, 'POST', `/api/orders/${id}/cancel/`, { body: { version } });
}
