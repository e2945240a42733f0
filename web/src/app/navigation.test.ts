import { expect, test } from 'vitest';
import { MOST_ON_A_PHONE, NAVIGATION, placesIn, splitNavigation } from './navigation.ts';

test('everybody begins with today and finds the settings', () => {
  for (const entries of Object.values(NAVIGATION)) {
    expect(entries[0]?.name).toBe('today');
    expect(entries.map(({ name }) => name)).toContain('settings');
  }
});

test('the bar of a phone holds five, the last of which opens the rest', () => {
  const { bar, more } = splitNavigation(NAVIGATION.admin, MOST_ON_A_PHONE);
  expect(bar).toHaveLength(4);
  expect([...bar, ...more]).toEqual(NAVIGATION.admin);
  expect(splitNavigation(NAVIGATION.customer, MOST_ON_A_PHONE).more).toEqual([]);
});

test.each([
  // All three and two gaps.
  { room: 320, places: 3, what: 'everything fits, "More" is not needed' },
  { room: 319, places: 3, what: 'two and "More"' },
  { room: 270, places: 3, what: 'just two and "More"' },
  { room: 269, places: 2, what: 'one and "More"' },
  { room: 10, places: 1, what: '"More" alone' },
])('$what in $room px', ({ room, places }) => {
  const widths = [100, 100, 100];
  expect(placesIn(room, widths, 50, 10)).toBe(places);
});

test('"More" alone holds everything', () => {
  expect(splitNavigation(NAVIGATION.staff, 1)).toEqual({ bar: [], more: NAVIGATION.staff });
});
