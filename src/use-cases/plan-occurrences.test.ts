import { describe, expect, it } from 'vitest';
import { BusinessError } from '../domain/errors.ts';
import { loadZones } from '../zones/zones.ts';
import { gapWarning, planOccurrences, type SeriesPlan } from './plan-occurrences.ts';

const zones = loadZones();
const NOW = new Date('2026-11-20T12:00:00Z');

function series(wall: string, at: string, more: Partial<SeriesPlan> = {}): SeriesPlan {
  const item = { id: 1, startsWall: wall, startsAt: new Date(at), durationMinutes: 90 };
  return { timeZone: 'Europe/London', rrule: null, items: [item], after: null, ...more };
}

describe('planOccurrences', () => {
  it('makes one of each item without a rule, at the instant that was asked for', () => {
    const { occurrences } = planOccurrences(zones, series('2026-10-25T01:30:00', '2026-10-25T01:30:00Z'), NOW);
    expect(occurrences).toEqual([
      {
        itemId: 1,
        occurrenceWall: '2026-10-25T01:30:00',
        startsWall: '2026-10-25T01:30:00',
        endsWall: '2026-10-25T03:00:00',
        startsAt: new Date('2026-10-25T01:30:00Z'),
        endsAt: new Date('2026-10-25T03:00:00Z'),
      },
    ]);
  });

  it('keeps the length of the work over a night of change, and the name of an occurrence that was moved', () => {
    const plan = series('2027-03-27T00:30:00', '2027-03-27T00:30:00Z', { rrule: 'FREQ=DAILY;COUNT=2' });
    expect(planOccurrences(zones, plan, NOW).occurrences[1]).toMatchObject({
      endsWall: '2027-03-28T03:00:00',
      endsAt: new Date('2027-03-28T02:00:00Z'),
    });
    const inGap = series('2027-03-27T01:30:00', '2027-03-27T01:30:00Z', { rrule: 'FREQ=DAILY;COUNT=2' });
    const moved = planOccurrences(zones, inGap, NOW).occurrences[1]!;
    expect(moved).toMatchObject({ occurrenceWall: '2027-03-28T01:30:00', startsWall: '2027-03-28T02:30:00' });
    expect(gapWarning(zones, 'Europe/London', moved)?.message).toContain('The appointment is at 02:30.');
    expect(gapWarning(zones, 'Europe/London', { ...moved, startsWall: '2027-03-28T09:00:00' })).toBeNull();
  });

  it('goes 26 weeks ahead with a rule that has no end, and says how far it went', () => {
    const plan = series('2026-12-01T09:00:00', '2026-12-01T09:00:00Z', { rrule: 'FREQ=WEEKLY' });
    const { occurrences, until } = planOccurrences(zones, plan, NOW);
    expect(until).toBe('2027-05-21T13:00:00');
    expect(occurrences.at(-1)?.occurrenceWall).toBe('2027-05-18T09:00:00');
    const later = new Date(NOW.getTime() + 7 * 86_400_000);
    const more = planOccurrences(zones, { ...plan, after: until }, later);
    expect(more.occurrences.map((one) => one.occurrenceWall)).toEqual(['2027-05-25T09:00:00']);
  });

  it('refuses more than 1,000 at once, over all items together', () => {
    const plan = series('2026-12-01T09:00:00', '2026-12-01T09:00:00Z', { rrule: 'FREQ=DAILY;COUNT=501' });
    const [item] = plan.items;
    expect(planOccurrences(zones, plan, NOW).occurrences).toHaveLength(501);
    expect(() => planOccurrences(zones, { ...plan, items: [item!, { ...item!, id: 2 }] }, NOW)).toThrow(BusinessError);
  });
});
