/**
 * The person's own calendar goes by this name and not by its id: ids of calendars have been seen to change, and there is
 * always exactly one default calendar.
 */
export const PRIMARY = 'primary';

/** A calendar as such. */
export function calendarPath(calendarId: string): string {
  return calendarId === PRIMARY ? '/me/calendar' : `/me/calendars/${encodeURIComponent(calendarId)}`;
}

/** Its events, without a query. */
export function eventsPath(calendarId: string): string {
  return `${collectionRoot(calendarId)}/events`;
}

/** Its events in a span of time, without a query. */
export function viewPath(calendarId: string): string {
  return `${collectionRoot(calendarId)}/calendarView`;
}

/** One event, wherever its owner has moved it: immutable ids are good in the whole mailbox. They may hold `/`, `+` and `=`. */
export function eventPath(remoteId: string): string {
  return `/me/events/${encodeURIComponent(remoteId)}`;
}

function collectionRoot(calendarId: string): string {
  return calendarId === PRIMARY ? '/me' : calendarPath(calendarId);
}
