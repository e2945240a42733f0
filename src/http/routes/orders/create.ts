import { changedOrderSchema, createOrderSchema } from '../../../api-contract/orders.ts';
import { createOrder } from '../../../use-cases/create-order.ts';
import type { App } from '../../route.ts';
import { changedOrderJson, orderRequest } from './json.ts';

/** `POST /api/orders/` */
export function createOrderRoute(app: App): void {
  app.post('/api/orders/', {
    config: { access: ['customer', 'manager', 'admin'], idempotent: true },
    schema: {
      summary: 'Order',
      description:
        'Customers order for themselves, managers and administrators for a customer. The order is pending until it is ' +
        'confirmed; each item then becomes one appointment, or one per occurrence.',
      tags: ['Orders'],
      body: createOrderSchema,
      response: { 201: changedOrderSchema },
    },
    handler: async ({ context, caller, body }, reply) => {
      const order = await createOrder(context, caller, orderRequest(body));
      reply.code(201);
      return changedOrderJson(order);
    },
  });
}
