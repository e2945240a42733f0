import { countComingNotDerivedWith } from '../store/zone-times.ts';
import type { ZoneCopy, Zones } from '../zones/zones.ts';
import type { UseCaseContext } from './context.ts';

export interface ZoneData {
  version: string;
  source: Zones['source'];
  releasedAt: Date;
  ageDays: number;
  isOld: boolean;
  /** All copies that were found, the newest first. */
  copies: readonly ZoneCopy[];
  /** Coming appointments whose instants were derived with another version. */
  appointmentsBehind: number;
}

/** What is known of the zone data in use; for administrators. */
export async function showZoneData({ database, clock, zones }: UseCaseContext): Promise<ZoneData> {
  const now = clock.now();
  return {
    version: zones.version,
    source: zones.source,
    releasedAt: zones.released,
    ageDays: zones.ageInDays(now),
    isOld: zones.isOld(now),
    copies: zones.copies,
    appointmentsBehind: await countComingNotDerivedWith(database.db, zones.version, now),
  };
}
