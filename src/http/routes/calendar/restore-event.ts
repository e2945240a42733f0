import { ledgerPageSchema, restoreEventSchema } from '../../../api-contract/calendar.ts';
import { idParamsSchema } from '../../../api-contract/fields.ts';
import { restoreEvent, showLedger } from '../../../use-cases/calendar/ledger.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../route.ts';
import { ledgerRowJson } from './json.ts';

/** `POST /api/appointments/{id}/calendars/restore/` */
export function restoreEventRoute(app: App, { calendar }: RouteDeps): void {
  app.post('/api/appointments/:id/calendars/restore/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'Bring back an event that its owner deleted from their calendar',
      tags: ['Calendar'],
      params: idParamsSchema,
      body: restoreEventSchema,
      response: { 200: ledgerPageSchema },
    },
    handler: async ({ context, caller, params, body }) => {
      const whole = { ...context, ...calendar };
      await restoreEvent(whole, caller, params.id, body.connection_id);
      const entries = await showLedger(whole, caller, params.id);
      return { items: entries.map(ledgerRowJson), next_cursor: null };
    },
  });
}
