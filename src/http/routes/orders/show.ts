import { idParamsSchema } from '../../../api-contract/fields.ts';
import { orderSchema } from '../../../api-contract/orders.ts';
import { showOrder } from '../../../use-cases/show-order.ts';
import { tellVersion } from '../../if-match.ts';
import type { App } from '../../route.ts';
import { orderJson } from './json.ts';

/** `GET /api/orders/{id}/` */
export function showOrderRoute(app: App): void {
  app.get('/api/orders/:id/', {
    config: { access: ['customer', 'manager', 'admin'] },
    schema: {
      summary: 'One order with its appointments',
      tags: ['Orders'],
      params: idParamsSchema,
      response: { 200: orderSchema },
    },
    handler: async ({ context, caller, params }, reply) => {
      const order = await showOrder(context, caller, params.id);
      tellVersion(reply, order.view.version);
      return orderJson(order);
    },
  });
}
