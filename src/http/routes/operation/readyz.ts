import { z } from 'zod';
import type { Database } from '../../../db/database.ts';
import { checkReadiness } from '../../../use-cases/check-readiness.ts';
import type { App } from '../../route.ts';

/** `GET /readyz`: the database answers and has every migration. */
export function readyzRoute(app: App, database: Database): void {
  app.get('/readyz', {
    config: { access: 'public' },
    schema: {
      summary: 'Whether requests can be served: the database answers and is migrated',
      tags: ['Operation'],
      response: { 200: z.object({ status: z.literal('ready') }) },
    },
    handler: async () => {
      await checkReadiness(database);
      return { status: 'ready' as const };
    },
  });
}
