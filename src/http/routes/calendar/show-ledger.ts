import { ledgerPageSchema } from '../../../api-contract/calendar.ts';
import { idParamsSchema } from '../../../api-contract/fields.ts';
import { showLedger } from '../../../use-cases/calendar/ledger.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../route.ts';
import { ledgerRowJson } from './json.ts';

/** `GET /api/appointments/{id}/calendars/` */
export function showLedgerRoute(app: App, { calendar }: RouteDeps): void {
  app.get('/api/appointments/:id/calendars/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'Who has the appointment in which calendar',
      description: 'Own rows; a manager also those of their team, an admin all.',
      tags: ['Calendar'],
      params: idParamsSchema,
      response: { 200: ledgerPageSchema },
    },
    handler: async ({ context, caller, params }) => {
      const entries = await showLedger({ ...context, ...calendar }, caller, params.id);
      return { items: entries.map(ledgerRowJson), next_cursor: null };
    },
  });
}
