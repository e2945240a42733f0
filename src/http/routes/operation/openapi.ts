import type { App } from '../../route.ts';

/** `GET /api/openapi.json`: the contract, made from the routes. */
export function openApiRoute(app: App): void {
  app.get('/api/openapi.json', {
    config: { access: 'public' },
    schema: { summary: 'This description (OpenAPI 3.1)', tags: ['Operation'] },
    handler: async (_request, reply) =>
      reply.type('application/json; charset=utf-8').send(JSON.stringify(app.swagger())),
  });
}
