import { DAY, SECOND } from '../../base/time.ts';
import type { WallTime } from '../../zones/wall-time.ts';

/** `20261201T090000`: the wall time as RFC 5545 §3.3.5 writes it. */
export function localTime(wall: WallTime): string {
  return `${wall.slice(0, 4)}${wall.slice(5, 7)}${wall.slice(8, 13)}${wall.slice(14, 16)}${wall.slice(17)}`;
}

/** `20261201T080000Z`; fractions of a second are cut off. @throws RangeError outside the years 0100–9999 */
export function utcTime(instant: Date): string {
  const year = instant.getUTCFullYear();
  if (!(year >= 100 && year <= 9999)) throw new RangeError('Outside the years that a time can name');
  const date = `${year < 1000 ? '0' : ''}${year}${two(instant.getUTCMonth() + 1)}${two(instant.getUTCDate())}`;
  // By arithmetic, which is faster than three more questions to the date.
  const second = Math.floor((((instant.getTime() % DAY) + DAY) % DAY) / SECOND);
  return `${date}T${two(Math.floor(second / 3600))}${two(Math.floor(second / 60) % 60)}${two(second % 60)}Z`;
}

const PADDED = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

function two(number: number): string {
  return PADDED[number] ?? '';
}

/** `+0100`, `-0330`, and `+001640` where history left seconds (RFC 5545 §3.3.14; zero is never negative). */
export function utcOffset(seconds: number): string {
  const size = Math.abs(seconds);
  const parts = [Math.floor(size / 3600), Math.floor((size % 3600) / 60), size % 60];
  const digits = parts.map((part) => String(part).padStart(2, '0'));
  return (seconds < 0 ? '-' : '+') + digits.slice(0, size % 60 === 0 ? 2 : 3).join('');
}
