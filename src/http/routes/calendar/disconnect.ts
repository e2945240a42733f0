import { disconnectedSchema, disconnectSchema, providerParamsSchema } from '../../../api-contract/calendar.ts';
import { disconnectCalendar } from '../../../use-cases/calendar/disconnect-calendar.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../route.ts';

/** `POST /api/calendar/{provider}/disconnect/` */
export function disconnectRoute(app: App, { calendar }: RouteDeps): void {
  app.post('/api/calendar/:provider/disconnect/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'Disconnect a calendar account',
      description:
        'Answers at once; the events are removed, the grant is taken back and the tokens are erased by a job.',
      tags: ['Calendar'],
      params: providerParamsSchema,
      body: disconnectSchema.nullish(),
      response: { 200: disconnectedSchema },
    },
    handler: async ({ context, caller, params, body }) => {
      const { connectionId } = await disconnectCalendar({ ...context, ...calendar }, caller, {
        provider: params.provider,
        removeEvents: body?.remove_events ?? true,
        connectionId: body?.connection_id ?? null,
      });
      return { id: connectionId, provider: params.provider, status: 'disconnecting' as const };
    },
  });
}
