import { zoneDataSchema } from '../../../api-contract/admin.ts';
import { showZoneData } from '../../../use-cases/show-zone-data.ts';
import type { App } from '../../route.ts';

/** `GET /api/admin/time-zones/` */
export function zoneDataRoute(app: App): void {
  app.get('/api/admin/time-zones/', {
    config: { access: ['admin'] },
    schema: {
      summary: 'Version and age of the time zone data',
      tags: ['Operation'],
      response: { 200: zoneDataSchema },
    },
    handler: async ({ context }) => {
      const data = await showZoneData(context);
      return {
        version: data.version,
        source: data.source,
        released_at: data.releasedAt.toISOString(),
        age_days: data.ageDays,
        is_old: data.isOld,
        copies: data.copies.map(({ source, version }) => ({ source, version })),
        appointments_behind: data.appointmentsBehind,
      };
    },
  });
}
