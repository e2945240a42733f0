import {
  calendarSchema,
  type CalendarJson,
  type ChangeCalendarRequest,
} from '../../../../../src/api-contract/calendar.ts';
import { ask } from '../../../lib/api.ts';

/** Switching sync off removes the events, on brings them back. */
export function changeCalendar(change: ChangeCalendarRequest): Promise<CalendarJson> {
  return ask(calendarSchema, 'PATCH', '/api/calendar/', { body: change });
}
