import { absencePageSchema, listAbsencesQuerySchema } from '../../../api-contract/appointments.ts';
import { listAbsences } from '../../../use-cases/list-absences.ts';
import type { App } from '../../route.ts';

/** `GET /api/absences/` */
export function listAbsencesRoute(app: App): void {
  app.get('/api/absences/', {
    config: { access: ['staff', 'manager', 'admin'] },
    schema: {
      summary: 'List the days on which staff can’t come',
      description:
        'Staff: their own. Managers: those of their own active staff. Administrators: all of active staff. By the first day; no ' +
        'two of one person have a day in common.',
      tags: ['Appointments'],
      querystring: listAbsencesQuerySchema,
      response: { 200: absencePageSchema },
    },
    handler: async ({ context, caller, query }) => {
      const { items, nextCursor } = await listAbsences(context, caller, query);
      return {
        items: items.map(({ userId, firstDay, lastDay, startsAt, endsAt, timeZone, note, since }) => ({
          user_id: userId,
          from: firstDay,
          until: lastDay,
          starts_at: startsAt.toISOString(),
          ends_at: endsAt.toISOString(),
          time_zone: timeZone,
          note,
          since: since.toISOString(),
        })),
        next_cursor: nextCursor,
      };
    },
  });
}
