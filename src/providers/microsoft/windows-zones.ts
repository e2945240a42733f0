import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { SECOND } from '../../base/time.ts';
import type { Zones } from '../../zones/zones.ts';

/** CLDR's table (https://unicode.org/reports/tr35/tr35-general.html, `windowsZones`); territory 001 names the zone's own place. */
const tableSchema = z.object({
  supplemental: z.object({
    windowsZones: z.object({
      mapTimezones: z.array(
        z.object({ mapZone: z.object({ _other: z.string(), _type: z.string(), _territory: z.string() }) }),
      ),
    }),
  }),
});

export const UTC = 'UTC';

/** The names that Windows, and so Exchange, gives to time zones. */
export interface WindowsZones {
  /**
   * The Windows name under which these instants have the same wall time as in an IANA zone; `UTC` when there is none.
   * One name stands for many places, and a place whose clocks have just left the others' has no true name for a while.
   */
  nameFor(timeZone: string, instants: readonly Date[]): string;
  /** The wall time of an instant under a name that `nameFor` gave. */
  toWall(name: string, instant: Date): string;
}

/** Reads the table that comes with `cldr-core`; once, when the provider is made. */
export function loadWindowsZones(zones: Zones): WindowsZones {
  const nameOf = new Map<string, string>();
  const placeOf = new Map<string, string>([[UTC, UTC]]);
  for (const { mapZone } of readTable()) {
    const places = mapZone._type.split(' ').filter((place) => place !== '');
    if (mapZone._territory === '001' && places[0] !== undefined) placeOf.set(mapZone._other, places[0]);
    for (const place of places) nameOf.set(zones.canonical(place), mapZone._other);
  }

  return { nameFor, toWall };

  function nameFor(timeZone: string, instants: readonly Date[]): string {
    const name = nameOf.get(zones.canonical(timeZone));
    const place = name === undefined ? undefined : placeOf.get(name);
    // Asked here, for each place that is met: to read all zones takes a while.
    if (name === undefined || place === undefined || !zones.has(place)) return UTC;
    const agree = instants.every(
      (instant) => zones.offsetSecondsAt(place, instant) === zones.offsetSecondsAt(timeZone, instant),
    );
    return agree ? name : UTC;
  }

  function toWall(name: string, instant: Date): string {
    const place = placeOf.get(name) ?? UTC;
    const offset = place === UTC ? 0 : zones.offsetSecondsAt(place, instant);
    return new Date(instant.getTime() + offset * SECOND).toISOString().slice(0, 19);
  }
}

function readTable(): z.infer<typeof tableSchema>['supplemental']['windowsZones']['mapTimezones'] {
  const file = createRequire(import.meta.url).resolve('cldr-core/supplemental/windowsZones.json');
  return tableSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).supplemental.windowsZones.mapTimezones;
}
