import { queryOptions } from '@tanstack/react-query';
import { teamCalendarsPageSchema, type TeamCalendarsJson } from '../../../../../src/api-contract/team-calendars.ts';
import { ask } from '../../../lib/api.ts';
import { allPages } from '../../../lib/pages.ts';

/** How the calendars of those are doing whom the caller may assign, by person. */
export async function listTeamCalendars(signal?: AbortSignal): Promise<Map<number, TeamCalendarsJson>> {
  const { items } = await allPages((cursor) =>
    ask(teamCalendarsPageSchema, 'GET', '/api/calendar/team/', { query: { limit: 200, cursor }, signal }),
  );
  return new Map(items.map((one) => [one.user_id, one]));
}

export function teamCalendarsQuery() {
  return queryOptions({ queryKey: ['team-calendars'], queryFn: ({ signal }) => listTeamCalendars(signal) });
}
