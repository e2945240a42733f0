import { listServicesQuerySchema, servicePageSchema } from '../../../api-contract/services.ts';
import { listServices } from '../../../use-cases/list-services.ts';
import { EVERYBODY, type App } from '../../route.ts';
import { serviceJson } from './json.ts';

/** `GET /api/services/` */
export function listServicesRoute(app: App): void {
  app.get('/api/services/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'What can be ordered',
      description: 'By id. Administrators also see what is no longer on offer.',
      tags: ['Services'],
      querystring: listServicesQuerySchema,
      response: { 200: servicePageSchema },
    },
    handler: async ({ context, caller, query }) => {
      const { items, nextCursor } = await listServices(context, caller, query);
      return { items: items.map(serviceJson), next_cursor: nextCursor };
    },
  });
}
