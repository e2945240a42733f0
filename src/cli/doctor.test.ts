import { expect, test } from 'vitest';
import { loadZones } from '../zones/zones.ts';
import { zoneDataWords } from './doctor.ts';

test('the zone data are told with version, source, age and what else there is', () => {
  const zones = loadZones({ only: 'bundled', zoneinfo: '/nowhere' });
  const icu = process.versions['tz'];
  const out = zones.released.getTime();
  const days = (count: number): Date => new Date(out + count * 86_400_000);
  const words = `${zones.version} (bundled), 3 days old (newest of it, icu ${icu})`;
  expect(zoneDataWords(zones, days(3))).toBe(words);
  expect(zoneDataWords(zones, days(180))).not.toContain('update');
  expect(zoneDataWords(zones, days(181))).toMatch(/181 days old .*: update this program or tzdata$/);
});
