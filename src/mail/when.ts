import type { WallTime } from '../domain/appointment.ts';
import type { Language } from '../domain/user.ts';
import { WORDS } from './words/words.ts';

/** The times of an event as its calendar shows them. */
export interface Times {
  startsWall: WallTime;
  endsWall: WallTime;
  /** IANA. */
  timeZone: string;
}

/** For whom times are written. */
export interface Reader {
  /** IANA. */
  timeZone: string;
  language: Language;
}

/** `Tuesday 1 December 2026, 09:00–11:00`; the zone is named where it is not the reader's. */
export function whenWords(times: Times, reader: Reader): string {
  return `${dayWords(times.startsWall, reader)}, ${hourWords(times, reader)}`;
}

/** `Tuesday 1 December 2026, 09:00` */
export function startWords({ startsWall, timeZone }: Omit<Times, 'endsWall'>, reader: Reader): string {
  const { clock } = WORDS[reader.language].time;
  return `${dayWords(startsWall, reader)}, ${clock(hour(startsWall))}${zoneWords(timeZone, reader)}`;
}

/** `09:00–11:00`, with the day of the end when that is another one. */
export function hourWords({ startsWall, endsWall, timeZone }: Times, reader: Reader): string {
  const sameDay = startsWall.slice(0, 10) === endsWall.slice(0, 10);
  const end = sameDay ? `–${hour(endsWall)}` : ` – ${dayWords(endsWall, reader)}, ${hour(endsWall)}`;
  const { clock } = WORDS[reader.language].time;
  return `${clock(`${hour(startsWall)}${end}`)}${zoneWords(timeZone, reader)}`;
}

/** `Tuesday 1 December 2026` */
export function dayWords(wall: WallTime, { language }: Pick<Reader, 'language'>): string {
  const { days, months, day: words } = WORDS[language].time;
  const [year = 0, month = 0, day = 0] = wall.slice(0, 10).split('-').map(Number);
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return words(days[weekday] ?? '', day, months[month - 1] ?? '', year);
}

function zoneWords(timeZone: string, reader: Reader): string {
  return timeZone === reader.timeZone ? '' : ` (${timeZone})`;
}

function hour(wall: WallTime): string {
  return wall.slice(11, 16);
}
