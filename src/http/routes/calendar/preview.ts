import { eventPreviewsSchema } from '../../../api-contract/calendar.ts';
import { previewEvents } from '../../../use-cases/calendar/preview-events.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../route.ts';
import { eventPreviewJson } from './json.ts';

/** `GET /api/calendar/preview/` */
export function previewRoute(app: App, { calendar }: RouteDeps): void {
  app.get('/api/calendar/preview/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'How events look, by an invented visit',
      description: 'The caller’s own first; for managers and administrators also those of the people they look after.',
      tags: ['Calendar'],
      response: { 200: eventPreviewsSchema },
    },
    handler: async ({ context, caller }) => {
      const previews = await previewEvents({ ...context, ...calendar }, caller);
      return { items: previews.map(eventPreviewJson) };
    },
  });
}
