import {
  accountCalendarsSchema,
  calendarSchema,
  type AccountCalendarsJson,
  type CalendarJson,
  type CaldavLogin,
  type ConnectCaldavRequest,
} from '../../../../../src/api-contract/calendar.ts';
import { ask } from '../../../lib/api.ts';

/** The calendars of an account; nothing is connected yet. @throws {Problem} 422 with what is wrong about the login */
export async function listAccountCalendars(login: CaldavLogin): Promise<AccountCalendarsJson['items']> {
  return (await ask(accountCalendarsSchema, 'POST', '/api/calendar/caldav/calendars/', { body: login })).items;
}

/** Connects an account, or takes a new password for it. @throws {Problem} as above, `account_already_linked` */
export function connectCaldav(request: ConnectCaldavRequest): Promise<CalendarJson> {
  return ask(calendarSchema, 'POST', '/api/calendar/caldav/connect/', { body: request });
}
