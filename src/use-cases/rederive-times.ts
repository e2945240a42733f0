import {
  lockComingDerivedWith,
  setZoneVersion,
  storeDerivedTimes,
  zoneVersionsOfComing,
  type DerivedTimes,
} from '../store/zone-times.ts';
import { markAppointments } from '../store/mark-links.ts';
import { compareVersions } from '../zones/release.ts';
import type { UseCaseContext } from './context.ts';
import { markingNow } from './marking.ts';
import { placeAgain, type ZoneMath } from './recurrence.ts';

/** Few enough that nobody waits long for the rows. */
const PER_TRANSACTION = 200;

/**
 * People agree on wall times: when newer zone data give another instant for one, the appointment moves to that instant and
 * the calendars follow. Older data never undo what newer data gave (nodes are updated one after another). Nobody asked for
 * it, so the deletion guard looks at what follows. May be broken off and repeated.
 * @returns how many appointments moved
 */
export async function rederiveTimes(context: UseCaseContext): Promise<number> {
  const { database, zones } = context;
  const versions = await zoneVersionsOfComing(database.db, context.clock.now());
  const older = versions.filter((version) => compareVersions(version, zones.version) < 0);
  if (older.length === 0) return 0;
  let moved = 0;
  for (let batch = await rederiveSome(context, older); batch.seen > 0; batch = await rederiveSome(context, older)) {
    moved += batch.moved;
  }
  return moved;
}

async function rederiveSome(
  context: UseCaseContext,
  older: readonly string[],
): Promise<{ seen: number; moved: number }> {
  const { database, zones, clock } = context;
  return database.transaction(async (tx) => {
    const now = clock.now();
    const batch = await lockComingDerivedWith(tx, older, now, PER_TRANSACTION);
    const changed = batch.map((times) => derivedAnew(zones, times)).filter((times) => times !== null);
    for (const times of changed) await storeDerivedTimes(tx, times, zones.version, now);
    const movedIds = new Set(changed.map(({ id }) => id));
    const kept = batch.map(({ id }) => id).filter((id) => !movedIds.has(id));
    await setZoneVersion(tx, kept, zones.version);
    await markAppointments(tx, [...movedIds], { ...markingNow(context, 1), asked: false });
    return { seen: batch.length, moved: changed.length };
  });
}

/** The times that the zone data give now for the same wall time and duration; `null` when they are what they were. */
export function derivedAnew(
  zones: ZoneMath & { has(zone: string): boolean },
  times: DerivedTimes,
): DerivedTimes | null {
  const { timeZone } = times;
  if (!zones.has(timeZone)) return null;
  const { startsWall, startsAt } = placeAgain(zones, timeZone, times.startsWall, times.startsAt);
  const endsAt = new Date(startsAt.getTime() + times.endsAt.getTime() - times.startsAt.getTime());
  const anew = { ...times, startsWall, startsAt, endsAt, endsWall: zones.toWall(timeZone, endsAt) };
  const same = (['startsWall', 'endsWall'] as const).every((field) => anew[field] === times[field]);
  return same && startsAt.getTime() === times.startsAt.getTime() ? null : anew;
}
