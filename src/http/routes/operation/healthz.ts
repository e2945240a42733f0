import { z } from 'zod';
import type { App } from '../../route.ts';

/** `GET /healthz`: the process is up and answers. */
export function healthzRoute(app: App): void {
  app.get('/healthz', {
    config: { access: 'public' },
    schema: {
      summary: 'Whether the process is up',
      tags: ['Operation'],
      response: { 200: z.object({ status: z.literal('ok') }) },
    },
    handler: async () => ({ status: 'ok' as const }),
  });
}
