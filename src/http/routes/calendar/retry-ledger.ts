import { ledgerSchema } from '../../../api-contract/ledger.ts';
import { idParamsSchema } from '../../../api-contract/fields.ts';
import { retryLedger, showLedger } from '../../../use-cases/calendar/ledger.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../route.ts';
import { ledgerJson } from './json.ts';

/** `POST /api/appointments/{id}/calendars/retry/` */
export function retryLedgerRoute(app: App, { calendar }: RouteDeps): void {
  app.post('/api/appointments/:id/calendars/retry/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'Try failed rows of an appointment again now',
      tags: ['Calendar'],
      params: idParamsSchema,
      response: { 200: ledgerSchema },
    },
    handler: async ({ context, caller, params }) => {
      const whole = { ...context, ...calendar };
      await retryLedger(whole, caller, params.id);
      return ledgerJson(await showLedger(whole, caller, params.id));
    },
  });
}
