const DAY_MS = 24 * 60 * 60 * 1000;

/** A calendar date without a zone: `2026-12-01`. */
export type IsoDate = string;

/** Whether the text is a date that exists. */
export function isDate(text: string): boolean {
  return /^20\d\d-\d\d-\d\d$/.test(text) && addDays(text, 0) === text;
}

export function addDays(date: IsoDate, days: number): IsoDate {
  const at = Date.parse(`${date}T00:00:00Z`) + days * DAY_MS;
  return Number.isNaN(at) ? '' : new Date(at).toISOString().slice(0, 10);
}

/** The Monday of the week that holds the date; weeks begin on Mondays (ISO 8601). */
export function mondayOf(date: IsoDate): IsoDate {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay();
  return addDays(date, -((day + 6) % 7));
}

/** The seven dates from a Monday on. */
export function daysOfWeek(monday: IsoDate): IsoDate[] {
  return Array.from({ length: 7 }, (_, at) => addDays(monday, at));
}

/** An instant at noon of the date in UTC: to be formatted in UTC, so that no zone can make another day of it. */
export function noonOf(date: IsoDate): string {
  return `${date}T12:00:00Z`;
}
