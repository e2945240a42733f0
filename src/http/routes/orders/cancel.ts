import { idParamsSchema } from '../../../api-contract/fields.ts';
import { changedOrderSchema, closeOrderSchema } from '../../../api-contract/orders.ts';
import { cancelOrder } from '../../../use-cases/cancel-order.ts';
import { expectedVersion } from '../../if-match.ts';
import type { App } from '../../route.ts';
import { changedOrderJson } from './json.ts';

/** `POST /api/orders/{id}/cancel/` */
export function cancelOrderRoute(app: App): void {
  app.post('/api/orders/:id/cancel/', {
    config: { access: ['customer', 'manager', 'admin'], idempotent: true },
    schema: {
      summary: 'Cancel an order',
      description: 'With all its appointments that are still to come. Again it changes nothing.',
      tags: ['Orders'],
      params: idParamsSchema,
      body: closeOrderSchema.nullish(),
      response: { 200: changedOrderSchema },
    },
    handler: async (request) => {
      const { context, caller, params, body } = request;
      const version = expectedVersion(request, body?.version);
      return changedOrderJson(await cancelOrder(context, caller, params.id, version));
    },
  });
}
