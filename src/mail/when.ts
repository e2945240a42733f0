import type { WallTime } from '../domain/appointment.ts';

/** The times of an event as its calendar shows them. */
export interface Times {
  startsWall: WallTime;
  endsWall: WallTime;
  /** IANA. */
  timeZone: string;
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

/** `Tuesday 1 December 2026, 09:00–11:00`; the zone is named where it is not the reader's. */
export function whenWords(times: Times, readersZone: string): string {
  return `${dayWords(times.startsWall)}, ${hourWords(times, readersZone)}`;
}

/** `Tuesday 1 December 2026, 09:00` */
export function startWords({ startsWall, timeZone }: Omit<Times, 'endsWall'>, readersZone: string): string {
  return `${dayWords(startsWall)}, ${hour(startsWall)}${zoneWords(timeZone, readersZone)}`;
}

/** `09:00–11:00`, with the day of the end when that is another one. */
export function hourWords({ startsWall, endsWall, timeZone }: Times, readersZone: string): string {
  const sameDay = startsWall.slice(0, 10) === endsWall.slice(0, 10);
  const end = sameDay ? `–${hour(endsWall)}` : ` – ${dayWords(endsWall)}, ${hour(endsWall)}`;
  return `${hour(startsWall)}${end}${zoneWords(timeZone, readersZone)}`;
}

/** `Tuesday 1 December 2026` */
export function dayWords(wall: WallTime): string {
  const [year = 0, month = 0, day = 0] = wall.slice(0, 10).split('-').map(Number);
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return `${DAYS[weekday]} ${day} ${MONTHS[month - 1]} ${year}`;
}

function zoneWords(timeZone: string, readersZone: string): string {
  return timeZone === readersZone ? '' : ` (${timeZone})`;
}

function hour(wall: WallTime): string {
  return wall.slice(11, 16);
}
