/**
 * By when each version of the tz database was out. Up to 2025b from its own NEWS file, later ones from the changelog of
 * moment-timezone, which follows within days. Only the age that we show depends on this.
 */
const OUT_BY: Readonly<Record<string, string>> = {
  '2024a': '2024-02-01',
  '2024b': '2024-09-04',
  '2025a': '2025-01-15',
  '2025b': '2025-03-22',
  '2026a': '2026-03-18',
  '2026b': '2026-04-26',
  '2026c': '2026-07-19',
  '2026d': '2026-09-15',
  '2026e': '2026-10-02',
  '2026f': '2026-10-29',
};

/** Governments change their clocks several times a year: data older than this misses some of it. */
export const OLD_AFTER_DAYS = 180;

/**
 * The day by which a version was out. One that is not in the table counts as old as it can be: the day of the version
 * before it, or New Year of its year. So a warning about old data comes early rather than late.
 */
export function releaseDate(version: string): Date {
  const known = Object.keys(OUT_BY).filter((other) => compareVersions(other, version) <= 0);
  const last = known.at(-1);
  const dates = [`${version.slice(0, 4)}-01-01`, last === undefined ? '' : (OUT_BY[last] ?? '')];
  return new Date(last === version ? (OUT_BY[version] ?? '') : (dates.toSorted().at(-1) ?? ''));
}

/** Orders `2025b` < `2026a` < `2026z` < `2026za`. */
export function compareVersions(a: string, b: string): number {
  return rank(a) < rank(b) ? -1 : Number(rank(a) > rank(b));
}

function rank(version: string): string {
  return `${version.slice(0, 4)}${String(version.length).padStart(2, '0')}${version.slice(4)}`;
}
