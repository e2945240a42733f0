import { expect, it } from 'vitest';
import { sql } from '../../src/db/sql.ts';
import { loadAppointments } from '../../src/store/appointments.ts';
import { reprojectIfChanged } from '../../src/use-cases/calendar/reproject.ts';
import { rederiveTimes } from '../../src/use-cases/rederive-times.ts';
import { loadZones, type Zones } from '../../src/zones/zones.ts';
import { openTestDatabase } from '../support/database.ts';
import { calendarOf, startRig } from '../sync/rig.ts';

const today = loadZones({ only: 'bundled' });

/** As if Winnipeg still went back to −06 in winter, as its law said until 2026. */
const before: Zones = {
  ...today,
  version: '2026c',
  toInstant: (zone, wall) => today.toInstant(old(zone), wall),
  toWall: (zone, instant) => today.toWall(old(zone), instant),
};
function old(zone: string): string {
  return zone === 'America/Winnipeg' ? 'America/Chicago' : zone;
}

it('newer zone data move coming appointments to the instants of their wall times, and the calendars follow', async () => {
  const opened = await openTestDatabase();
  const rig = await startRig(opened.database);
  const admin = await rig.person('admin');
  const jane = await rig.person('customer', null, 'Jane Doe');
  const sarah = await rig.person('staff', null, 'Sarah Miller');
  await rig.connect(jane);
  Object.assign(rig.context, { zones: before });
  const inWinter = { startsAt: '2026-12-10T09:00:00', timeZone: 'America/Winnipeg' };
  const [moved = 0] = await rig.confirm(admin, await rig.order(jane, [sarah], inWinter));
  const [inLondon = 0] = await rig.confirm(admin, await rig.order(jane, [sarah], { startsAt: '2026-12-11T09:00:00' }));
  // Placed and not confirmed before the news.
  const waiting = await rig.order(jane, [sarah], { ...inWinter, startsAt: '2026-12-12T09:00:00' });
  await rig.settle();
  const stored = async (): Promise<{ instants: string[]; versions: number[] }> => {
    const found = await loadAppointments(opened.database.db, [moved, inLondon]);
    return {
      instants: found.map(({ startsAt, endsAt }) => `${startsAt.toISOString()} ${endsAt.toISOString()}`),
      versions: found.map(({ version }) => version),
    };
  };
  const london = '2026-12-11T09:00:00.000Z 2026-12-11T11:00:00.000Z';
  expect(await stored()).toEqual({
    instants: ['2026-12-10T15:00:00.000Z 2026-12-10T17:00:00.000Z', london],
    versions: [1, 1],
  });

  Object.assign(rig.context, { zones: today });
  expect(await rederiveTimes(rig.context)).toBe(1);
  expect(await stored()).toEqual({
    instants: ['2026-12-10T14:00:00.000Z 2026-12-10T16:00:00.000Z', london],
    versions: [2, 1],
  });
  await reprojectIfChanged(rig.context);
  await rig.settle();
  const starts = rig.google.events(calendarOf(jane)).map(({ fields }) => fields['startsAt']);
  expect(starts).toEqual(['2026-12-10T14:00:00.000Z', '2026-12-11T09:00:00.000Z']);
  const [late = 0] = await rig.confirm(admin, waiting);
  const [confirmed] = await loadAppointments(opened.database.db, [late]);
  expect(confirmed?.startsAt.toISOString()).toBe('2026-12-12T14:00:00.000Z');

  // Nothing is left to do, and a node that still has the old data does not undo it.
  expect(await rederiveTimes(rig.context)).toBe(0);
  Object.assign(rig.context, { zones: before });
  expect(await rederiveTimes(rig.context)).toBe(0);
  const rows = await sql<{ version: string }>`select distinct zone_version as version from appointments`.execute(
    opened.database.db,
  );
  expect(rows.rows).toEqual([{ version: today.version }]);
  expect(rig.errors).toEqual([]);
  await rig.close();
  await opened.close();
});
