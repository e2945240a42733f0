import { expect, test } from 'vitest';
import { compareVersions, releaseDate } from './release.ts';

test('versions are ordered by year, then letters', () => {
  const versions = ['2026a', '2025b', '2026za', '2026z', '2027a', '2026f'];
  expect(versions.toSorted(compareVersions)).toEqual(['2025b', '2026a', '2026f', '2026z', '2026za', '2027a']);
});

test.each([
  ['2026f', '2026-10-29'],
  ['2025b', '2025-03-22'],
  // Unknown ones count as old as they can be.
  ['2026g', '2026-10-29'],
  ['2027c', '2027-01-01'],
  ['2025c', '2025-03-22'],
  ['2019a', '2019-01-01'],
])('%s was out by %s', (version, day) => {
  expect(releaseDate(version)).toEqual(new Date(day));
});
