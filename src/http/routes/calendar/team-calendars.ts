import { pageQuerySchema } from '../../../api-contract/page.ts';
import { teamCalendarsPageSchema } from '../../../api-contract/team-calendars.ts';
import { showTeamCalendars } from '../../../use-cases/calendar/show-team-calendars.ts';
import type { App } from '../../route.ts';

/** `GET /api/calendar/team/` */
export function teamCalendarsRoute(app: App): void {
  app.get('/api/calendar/team/', {
    config: { access: ['manager', 'admin'] },
    schema: {
      summary: 'How the calendars of the staff are doing',
      description:
        'Managers: of their own active staff. Administrators: of all active staff. By id; no accounts are told.',
      tags: ['Calendar'],
      querystring: pageQuerySchema,
      response: { 200: teamCalendarsPageSchema },
    },
    handler: async ({ context, caller, query }) => {
      const { items, nextCursor } = await showTeamCalendars(context, caller, query);
      return {
        items: items.map(({ userId, syncEnabled, calendars }) => ({
          user_id: userId,
          calendar_sync_enabled: syncEnabled,
          calendars,
        })),
        next_cursor: nextCursor,
      };
    },
  });
}
