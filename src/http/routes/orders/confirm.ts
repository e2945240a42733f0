import { idParamsSchema } from '../../../api-contract/fields.ts';
import { changedOrderSchema, closeOrderSchema } from '../../../api-contract/orders.ts';
import { confirmOrder } from '../../../use-cases/confirm-order.ts';
import { expectedVersion } from '../../if-match.ts';
import type { App } from '../../route.ts';
import { changedOrderJson } from './json.ts';

/** `POST /api/orders/{id}/confirm/` */
export function confirmOrderRoute(app: App): void {
  app.post('/api/orders/:id/confirm/', {
    config: { access: ['manager', 'admin'], idempotent: true },
    schema: {
      summary: 'Confirm an order',
      description: 'Its appointments are made and go to the calendars of everyone concerned. Again it changes nothing.',
      tags: ['Orders'],
      params: idParamsSchema,
      body: closeOrderSchema.nullish(),
      response: { 200: changedOrderSchema },
    },
    handler: async (request) => {
      const { context, caller, params, body } = request;
      const version = expectedVersion(request, body?.version);
      return changedOrderJson(await confirmOrder(context, caller, params.id, version));
    },
  });
}
