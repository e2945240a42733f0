import { createServiceSchema, serviceSchema } from '../../../api-contract/services.ts';
import { createService } from '../../../use-cases/create-service.ts';
import type { App } from '../../route.ts';
import { serviceJson } from './json.ts';

/** `POST /api/services/` */
export function createServiceRoute(app: App): void {
  app.post('/api/services/', {
    config: { access: ['admin'], idempotent: true },
    schema: {
      summary: 'Add a service',
      tags: ['Services'],
      body: createServiceSchema,
      response: { 201: serviceSchema },
    },
    handler: async (request, reply) => {
      const { context, caller, body } = request;
      const service = await createService(context, caller, {
        name: body.name,
        durationMinutes: body.duration_minutes,
        priceCents: body.price_cents,
        currency: body.currency,
        isActive: body.is_active ?? true,
      });
      reply.code(201);
      return serviceJson(service);
    },
  });
}
