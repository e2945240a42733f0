import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY, HOUR } from '../base/time.ts';
import { addToWall, formatWall, InvalidWallTime, parseWall } from './wall-time.ts';

test('a wall time is read on its own clock face', () => {
  expect(parseWall('1970-01-02T01:00:00')).toBe(DAY + HOUR);
  expect(formatWall(DAY + HOUR + 999)).toBe('1970-01-02T01:00:00');
  expect(formatWall(-1)).toBe('1969-12-31T23:59:59');
  expect(addToWall('2028-02-28T23:30:00', HOUR)).toBe('2028-02-29T00:30:00');
});

test.each([
  '2026-02-29T00:00:00',
  '2026-04-31T00:00:00',
  '2026-13-01T00:00:00',
  '2026-00-01T00:00:00',
  '2026-01-00T00:00:00',
  '2026-01-01T24:00:00',
  '2026-01-01T00:60:00',
  '2026-01-01T00:00:60',
  '2026-01-01T00:00:00Z',
  '2026-01-01 00:00:00',
  '2026-01-01T00:00',
  '0026-01-01T00:00:00',
  '２０２６-01-01T00:00:00',
  '',
])('%j is no wall time', (text) => {
  expect(() => parseWall(text)).toThrow(InvalidWallTime);
});

test('an instant that no wall time can name is refused', () => {
  expect(() => formatWall(Number.NaN)).toThrow(RangeError);
  expect(() => formatWall(Date.UTC(10_000, 0, 1))).toThrow(RangeError);
});

test('reading and writing agree with the platform', () => {
  const instant = fc.date({ min: new Date('0100-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(instant, (date) => {
      const wall = date.toISOString().slice(0, 19);
      expect(formatWall(date.getTime())).toBe(wall);
      expect(parseWall(wall)).toBe(Date.parse(`${wall}Z`));
    }),
  );
});
