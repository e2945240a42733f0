import { ledgerSchema } from '../../../api-contract/ledger.ts';
import { idParamsSchema } from '../../../api-contract/fields.ts';
import { showLedger } from '../../../use-cases/calendar/ledger.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../route.ts';
import { ledgerJson } from './json.ts';

/** `GET /api/appointments/{id}/calendars/` */
export function showLedgerRoute(app: App, { calendar }: RouteDeps): void {
  app.get('/api/appointments/:id/calendars/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'Who has the appointment in which calendar',
      description:
        'Own rows; a manager also those of their team, an admin all. `without_calendar`: those among the same people in none of whose calendars it is, and why.',
      tags: ['Calendar'],
      params: idParamsSchema,
      response: { 200: ledgerSchema },
    },
    handler: async ({ context, caller, params }) =>
      ledgerJson(await showLedger({ ...context, ...calendar }, caller, params.id)),
  });
}
