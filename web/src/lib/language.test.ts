import { expect, test } from 'vitest';
import { pickLanguage, pickLocale } from './language.ts';

test('what was chosen goes before what the browser wants', () => {
  expect(pickLanguage('en', ['de-DE', 'en'])).toBe('en');
  expect(pickLanguage(null, ['de-DE', 'en'])).toBe('de');
  expect(pickLanguage('klingon', ['fr', 'de-AT', 'en'])).toBe('de');
});

test('who reads none of our languages gets English', () => {
  expect(pickLanguage(null, ['fr-FR', 'enm', 'den'])).toBe('en');
  expect(pickLanguage(null, [])).toBe('en');
});

test('readers keep their own kind of a language', () => {
  expect(pickLocale('en', ['de-DE', 'en-US'])).toBe('en-US');
  expect(pickLocale('en', ['en'])).toBe('en');
  expect(pickLocale('en', ['de-DE', 'enm'])).toBe('en-GB');
  expect(pickLocale('de', ['de-AT', 'en'])).toBe('de-AT');
  expect(pickLocale('de', ['en'])).toBe('de-DE');
});
