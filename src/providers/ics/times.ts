import { formatWall, type WallTime } from '../../zones/wall-time.ts';

/** `20261201T090000`: the wall time as RFC 5545 §3.3.5 writes it. */
export function localTime(wall: WallTime): string {
  return `${wall.slice(0, 4)}${wall.slice(5, 7)}${wall.slice(8, 13)}${wall.slice(14, 16)}${wall.slice(17)}`;
}

/** `20261201T080000Z`; fractions of a second are cut off. */
export function utcTime(instant: Date): string {
  return `${localTime(formatWall(instant.getTime()))}Z`;
}

/** `+0100`, `-0330`, and `+001640` where history left seconds (RFC 5545 §3.3.14; zero is never negative). */
export function utcOffset(seconds: number): string {
  const size = Math.abs(seconds);
  const parts = [Math.floor(size / 3600), Math.floor((size % 3600) / 60), size % 60];
  const digits = parts.map((part) => String(part).padStart(2, '0'));
  return (seconds < 0 ? '-' : '+') + digits.slice(0, size % 60 === 0 ? 2 : 3).join('');
}
