import { expect, test } from 'vitest';
import { countries, homeCountry } from './countries.ts';

test('every country has a name and comes once', () => {
  const all = countries();
  expect(new Set(all.map(({ value }) => value)).size).toBe(249);
  expect(all.find(({ value }) => value === 'GB')?.label).toBe('United Kingdom');
});

test('the reader’s country by their language', () => {
  expect(homeCountry('de-AT')).toBe('AT');
  expect(homeCountry('en')).toBe('GB');
  expect(homeCountry('es-419')).toBe('GB');
});
