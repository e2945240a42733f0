import { reminderOutcomeSchema, remindSchema } from '../../../../api-contract/health.ts';
import { remindOwners } from '../../../../use-cases/health/remind-owners.ts';
import type { App } from '../../../route.ts';

/** `POST /api/admin/connections/remind/` */
export function remindRoute(app: App): void {
  app.post('/api/admin/connections/remind/', {
    config: { access: ['admin'] },
    schema: {
      summary: 'Mail the owners of calendar accounts that need them',
      description: 'At most one mail per account in 24 hours. Says of every account whether, and why not.',
      tags: ['Operation'],
      body: remindSchema,
      response: { 200: reminderOutcomeSchema },
    },
    handler: async ({ context, body }) => {
      const { reminded, notReminded } = await remindOwners(context, body.ids);
      return { reminded, not_reminded: notReminded };
    },
  });
}
