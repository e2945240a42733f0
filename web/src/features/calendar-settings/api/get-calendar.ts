import { queryOptions } from '@tanstack/react-query';
import { calendarSchema, type CalendarJson } from '../../../../../src/api-contract/calendar.ts';
import { ask } from '../../../lib/api.ts';

/** How often to look again while something is under way; otherwise only on return to the tab. */
const WATCH_MS = 1500;

export function getCalendar(signal?: AbortSignal): Promise<CalendarJson> {
  return ask(calendarSchema, 'GET', '/api/calendar/', { signal });
}

/** The caller's calendars. Looks again while events are on their way and the tab is seen. */
export function calendarQuery() {
  return queryOptions({
    queryKey: ['calendar', 'settings'],
    queryFn: ({ signal }) => getCalendar(signal),
    refetchInterval: ({ state }) => (state.data !== undefined && isUnderWay(state.data) ? WATCH_MS : false),
  });
}

/** Whether something changes by itself soon: a first filling, waiting events, a calendar that is being taken off. */
export function isUnderWay({ connections }: CalendarJson): boolean {
  return connections.some(
    ({ status, pending, backfill }) =>
      status === 'disconnecting' ||
      (status !== 'reauth_required' && status !== 'paused' && (pending > 0 || backfill !== null)),
  );
}
