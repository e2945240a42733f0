import { idParamsSchema } from '../../../api-contract/fields.ts';
import { changeServiceSchema, serviceSchema } from '../../../api-contract/services.ts';
import { changeService } from '../../../use-cases/change-service.ts';
import { expectedVersion, tellVersion } from '../../if-match.ts';
import type { App } from '../../route.ts';
import { serviceJson } from './json.ts';

/** `PATCH /api/services/{id}/` */
export function changeServiceRoute(app: App): void {
  app.patch('/api/services/:id/', {
    config: { access: ['admin'] },
    schema: {
      summary: 'Change a service',
      description: 'Orders keep the price and duration that they were made with.',
      tags: ['Services'],
      params: idParamsSchema,
      body: changeServiceSchema,
      response: { 200: serviceSchema },
    },
    handler: async (request, reply) => {
      const { context, caller, params, body } = request;
      const service = await changeService(context, caller, params.id, {
        name: body.name,
        durationMinutes: body.duration_minutes,
        priceCents: body.price_cents,
        currency: body.currency,
        isActive: body.is_active,
        version: expectedVersion(request, body.version),
      });
      tellVersion(reply, service.version);
      return serviceJson(service);
    },
  });
}
