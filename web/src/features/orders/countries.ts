import { COUNTRIES } from '../../../../src/api-contract/countries.ts';
import { locale } from '../../lib/t.ts';

/** Every country with its name, sorted by name. */
export function countries(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(locale(), { type: 'region' });
  return COUNTRIES.map((code) => ({ value: code, label: names.of(code) ?? code })).toSorted((a, b) =>
    a.label.localeCompare(b.label, locale()),
  );
}

/** The reader's own country by their language setting (`en-GB` → `GB`); `GB` where it names none. */
export function homeCountry(language: string): string {
  const region = new Intl.Locale(language).region;
  return region !== undefined && COUNTRIES.includes(region) ? region : 'GB';
}
