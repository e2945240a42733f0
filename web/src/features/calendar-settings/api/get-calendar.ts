import { queryOptions } from '@tanstack/react-query';
import { calendarSchema, type CalendarJson } from '../../../../../src/api-contract/calendar.ts';
import { ask } from '../../../lib/api.ts';

/** The caller's settings and calendars. */
export function getCalendar(signal?: AbortSignal): Promise<CalendarJson> {
  return ask(calendarSchema, 'GET', '/api/calendar/', { signal });
}

export function calendarQuery() {
  return queryOptions({ queryKey: ['calendar', 'settings'], queryFn: ({ signal }) => getCalendar(signal) });
}
