import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlapsOf, type Booking } from './overlaps.ts';

function booking(userId: number, appointmentId: number, from: number, to: number): Booking {
  const at = (hour: number): Date => new Date(Date.UTC(2026, 11, 1, hour));
  return { userId, appointmentId, startsAt: at(from), endsAt: at(to) };
}

describe('overlapsOf', () => {
  it('tells each pair once, first the one asked about; touching ends are fine', () => {
    const bookings = [
      booking(1, 10, 9, 11),
      booking(1, 11, 11, 12),
      booking(1, 12, 8, 10),
      booking(2, 10, 9, 11),
      booking(2, 13, 9, 11),
    ];
    expect(overlapsOf(new Set([10]), bookings)).toEqual([
      { userId: 1, appointmentId: 10, otherId: 12 },
      { userId: 2, appointmentId: 10, otherId: 13 },
    ]);
    expect(overlapsOf(new Set([11]), bookings)).toEqual([]);
    expect(overlapsOf(new Set([10, 12]), bookings)).toHaveLength(2);
  });

  it('finds what comparing everything with everything finds', () => {
    const one = fc.tuple(
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: 1, max: 8 }),
    );
    fc.assert(
      fc.property(fc.array(one, { maxLength: 20 }), fc.array(fc.nat(20)), (raw, asked) => {
        const bookings = raw.map(([user, from, length], id) => booking(user, id, from, from + length));
        const ids = new Set(asked);
        const pairs = new Set<string>();
        for (const a of bookings) {
          for (const b of bookings) {
            const together = a.userId === b.userId && a.startsAt < b.endsAt && b.startsAt < a.endsAt;
            if (a !== b && together && ids.has(a.appointmentId)) pairs.add(key(a.appointmentId, b.appointmentId));
          }
        }
        const found = overlapsOf(ids, bookings).map((overlap) => key(overlap.appointmentId, overlap.otherId));
        expect(found.toSorted()).toEqual([...pairs].toSorted());
      }),
    );
  });
});

function key(a: number, b: number): string {
  return [a, b].toSorted((x, y) => x - y).join('-');
}
