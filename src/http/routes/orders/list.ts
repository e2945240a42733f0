import { listOrdersQuerySchema, orderPageSchema } from '../../../api-contract/orders.ts';
import { listOrders } from '../../../use-cases/list-orders.ts';
import type { App } from '../../route.ts';
import { orderJson } from './json.ts';

/** `GET /api/orders/` */
export function listOrdersRoute(app: App): void {
  app.get('/api/orders/', {
    config: { access: ['customer', 'manager', 'admin'] },
    schema: {
      summary: 'Orders, newest first',
      description:
        'Customers: their own. Managers: those with appointments of their team or of nobody. Administrators: all.',
      tags: ['Orders'],
      querystring: listOrdersQuerySchema,
      response: { 200: orderPageSchema },
    },
    handler: async ({ context, caller, query }) => {
      const { customer_id: customerId, ...rest } = query;
      const { items, nextCursor } = await listOrders(context, caller, { ...rest, customerId });
      return { items: items.map(orderJson), next_cursor: nextCursor };
    },
  });
}
