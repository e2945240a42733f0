import { queueWeeklyMails, zonesOfWeeklyReaders } from '../store/weekly-mails.ts';
import { addToWall } from '../zones/wall-time.ts';
import type { Zones } from '../zones/zones.ts';
import { DAY } from '../base/time.ts';
import type { UseCaseContext } from './context.ts';

/** Early enough for the first visit of the week. */
const FROM_HOUR = 6;

/**
 * Queues the weekly overviews of everybody with whom Monday morning has come: once for each person and week. Who was
 * missed (no worker was running) is served later on that Monday. Run every few minutes.
 */
export async function queueWeeklyOverviews({ database, zones, clock }: UseCaseContext): Promise<void> {
  const now = clock.now();
  const timeZones = await zonesOfWeeklyReaders(database.db);
  const weeks = timeZones.flatMap((timeZone) => {
    const monday = mondayNow(zones, timeZone, now);
    return monday === null ? [] : [{ timeZone, monday }];
  });
  if (weeks.length > 0) await database.transaction((tx) => queueWeeklyMails(tx, weeks, now));
}

/** The date (`YYYY-MM-DD`) when it is Monday in this zone and six o'clock or later, otherwise `null`. */
export function mondayNow(zones: Pick<Zones, 'has' | 'toWall'>, timeZone: string, now: Date): string | null {
  if (!zones.has(timeZone)) return null;
  const wall = zones.toWall(timeZone, now);
  const isMonday = new Date(`${wall}Z`).getUTCDay() === 1;
  return isMonday && Number(wall.slice(11, 13)) >= FROM_HOUR ? wall.slice(0, 10) : null;
}

/** From the first moment of a week to that of the next, in a zone. */
export function weekOf(zones: Pick<Zones, 'toInstant'>, timeZone: string, monday: string): { from: Date; to: Date } {
  const midnight = `${monday}T00:00:00`;
  return {
    from: firstInstant(zones, timeZone, midnight),
    to: firstInstant(zones, timeZone, addToWall(midnight, 7 * DAY)),
  };
}

/** Some zones change their clocks at midnight: then the day begins when it first exists. */
function firstInstant(zones: Pick<Zones, 'toInstant'>, timeZone: string, wall: string): Date {
  const resolved = zones.toInstant(timeZone, wall);
  switch (resolved.kind) {
    case 'one':
      return resolved.instant;
    case 'twice':
      return resolved.earlier;
    case 'none':
      return resolved.shifted;
  }
}
