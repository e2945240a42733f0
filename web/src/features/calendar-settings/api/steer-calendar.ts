import { calendarSchema, type CalendarJson } from '../../../../../src/api-contract/calendar.ts';
import { ask } from '../../../lib/api.ts';

export type Steering = 'pause' | 'resume';

/** @throws {Problem} 409 when it waits for something else */
export function steerCalendar(connectionId: number, steering: Steering): Promise<CalendarJson> {
  return ask(calendarSchema, 'POST', `/api/calendar/connections/${connectionId}/${steering}/`);
}
