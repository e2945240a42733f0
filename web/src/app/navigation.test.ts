import { expect, test } from 'vitest';
import { NAVIGATION, splitNavigation } from './navigation.ts';

test('everybody begins with today and finds the settings', () => {
  for (const entries of Object.values(NAVIGATION)) {
    expect(entries[0]?.word).toBe('Today');
    expect(entries.map(({ word }) => word)).toContain('Settings');
  }
});

test('a narrow bar holds five, the last of which opens the rest', () => {
  const { bar, more } = splitNavigation(NAVIGATION.admin, true);
  expect(bar).toHaveLength(4);
  expect([...bar, ...more]).toEqual(NAVIGATION.admin);
  expect(splitNavigation(NAVIGATION.customer, true).more).toEqual([]);
  expect(splitNavigation(NAVIGATION.admin, false).more).toEqual([]);
});
