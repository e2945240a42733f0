import { ledgerSchema, restoreEventSchema } from '../../../api-contract/ledger.ts';
import { idParamsSchema } from '../../../api-contract/fields.ts';
import { restoreEvent, showLedger } from '../../../use-cases/calendar/ledger.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../route.ts';
import { ledgerJson } from './json.ts';

/** `POST /api/appointments/{id}/calendars/restore/` */
export function restoreEventRoute(app: App, { calendar }: RouteDeps): void {
  app.post('/api/appointments/:id/calendars/restore/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'Bring back an event that its owner deleted from their calendar',
      tags: ['Calendar'],
      params: idParamsSchema,
      body: restoreEventSchema,
      response: { 200: ledgerSchema },
    },
    handler: async ({ context, caller, params, body }) => {
      const whole = { ...context, ...calendar };
      await restoreEvent(whole, caller, params.id, body.connection_id);
      return ledgerJson(await showLedger(whole, caller, params.id));
    },
  });
}
