import { DAY, HOUR, MINUTE, SECOND } from '../base/time.ts';

/**
 * A wall time without offset, `YYYY-MM-DDTHH:MM:SS`, years 0100–9999. It means something only together with an IANA zone.
 */
export type WallTime = string;

/** The text is no wall time: wrong shape, or a day or hour that no calendar has (such as 30 February). */
export class InvalidWallTime extends Error {
  readonly code = 'time.invalid_wall_time';
  constructor() {
    super('A wall time has the form YYYY-MM-DDTHH:MM:SS and names a day that exists');
    this.name = 'InvalidWallTime';
  }
}

const SHAPE = /^(?!00)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/;

/**
 * Milliseconds between 1970-01-01T00:00:00 and `wall`, both on the same clock face (no zone is involved).
 * Written by hand because every listing passes here: `Date.parse` and a check of its result take five times as long.
 * @throws InvalidWallTime
 */
export function parseWall(wall: WallTime): number {
  if (!SHAPE.test(wall)) throw new InvalidWallTime();
  const [year, month, day] = [digitsAt(wall, 0) * 100 + digitsAt(wall, 2), digitsAt(wall, 5), digitsAt(wall, 8)];
  const [hour, minute, second] = [digitsAt(wall, 11), digitsAt(wall, 14), digitsAt(wall, 17)];
  const dayExists = month >= 1 && month <= 12 && day >= 1 && (day <= 28 || day <= monthLength(year, month));
  if (!dayExists || hour > 23 || minute > 59 || second > 59) throw new InvalidWallTime();
  return Date.UTC(year, month - 1, day) + hour * HOUR + minute * MINUTE + second * SECOND;
}

/** The opposite of `parseWall`; fractions of a second are cut off. @throws RangeError outside the years 0100–9999 */
export function formatWall(face: number): WallTime {
  if (!(face >= FIRST && face < END)) throw new RangeError('Outside the years that a wall time can name');
  const ofDay = ((face % DAY) + DAY) % DAY;
  const time = `${pad(ofDay / HOUR)}:${pad((ofDay % HOUR) / MINUTE)}:${pad((ofDay % MINUTE) / SECOND)}`;
  return `${dateText(face - ofDay)}T${time}`;
}

/** Moves the hands of the clock by `ms`, whatever the zone's offset does meanwhile. @throws InvalidWallTime */
export function addToWall(wall: WallTime, ms: number): WallTime {
  return formatWall(parseWall(wall) + ms);
}

const FIRST = Date.UTC(100, 0, 1);
const END = Date.UTC(10_000, 0, 1);
const PADDED = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

function pad(value: number): string {
  return PADDED[Math.floor(value)] ?? '';
}

function dateText(midnight: number): string {
  const date = new Date(midnight);
  const year = String(date.getUTCFullYear()).padStart(4, '0');
  return `${year}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`;
}

function digitsAt(text: string, index: number): number {
  return (text.charCodeAt(index) - 48) * 10 + text.charCodeAt(index + 1) - 48;
}

function monthLength(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
