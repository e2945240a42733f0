import { expect, test } from 'vitest';
import { isMapService, placeLink, usualMapService, wayLink } from './maps.ts';

const HOME = { line1: '1 High Street', line2: 'Flat 2 & 3', city: 'London', postal_code: 'N1 1AA', country: 'GB' };
const WORK = { line1: '7 Station Mews', line2: null, city: 'London', postal_code: 'E2 2BB', country: 'GB' };

test('each service is given the whole address as one text', () => {
  const text = '1 High Street, Flat 2 & 3, N1 1AA London, GB';
  expect(new URL(placeLink('google', HOME)).searchParams.get('query')).toBe(text);
  expect(new URL(placeLink('apple', HOME)).searchParams.get('q')).toBe(text);
  expect(new URL(placeLink('osm', HOME)).searchParams.get('query')).toBe(text);
  expect(placeLink('apple', WORK)).toBe('https://maps.apple.com/?q=7%20Station%20Mews%2C%20E2%202BB%20London%2C%20GB');
});

test('a way leads from the first place to the second', () => {
  const ends = (link: string, ...names: string[]) => names.map((name) => new URL(link).searchParams.get(name));
  const expected = ['7 Station Mews, E2 2BB London, GB', '1 High Street, Flat 2 & 3, N1 1AA London, GB'];
  expect(ends(wayLink('google', WORK, HOME), 'origin', 'destination')).toEqual(expected);
  expect(ends(wayLink('apple', WORK, HOME), 'saddr', 'daddr')).toEqual(expected);
  expect(ends(wayLink('osm', WORK, HOME), 'from', 'to')).toEqual(expected);
});

test('Apple devices begin with their own maps; what is remembered must be one of ours', () => {
  expect(usualMapService('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)')).toBe('apple');
  expect(usualMapService('Mozilla/5.0 (Linux; Android 16; Pixel 9)')).toBe('google');
  expect(isMapService('osm')).toBe(true);
  expect(isMapService('toString')).toBe(false);
  expect(isMapService(null)).toBe(false);
});
