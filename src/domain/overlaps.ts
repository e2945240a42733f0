/** One person's time in one appointment. */
export interface Booking {
  userId: number;
  appointmentId: number;
  startsAt: Date;
  endsAt: Date;
}

/** Two appointments of one person that overlap. */
export interface Overlap {
  userId: number;
  appointmentId: number;
  otherId: number;
}

/**
 * Which of the appointments `ids` overlap another of the same person. Touching ends don't. Each pair is told once, first
 * the one of `ids`, soonest first.
 */
export function overlapsOf(ids: ReadonlySet<number>, bookings: readonly Booking[]): Overlap[] {
  const byPerson = Map.groupBy(bookings, (booking) => booking.userId);
  return [...byPerson.values()].flatMap((own) => overlapsOfOne(ids, own));
}

function overlapsOfOne(ids: ReadonlySet<number>, bookings: readonly Booking[]): Overlap[] {
  const overlaps: Overlap[] = [];
  /** Those that have not ended at the moment looked at. */
  let open: Booking[] = [];
  const byStart = (a: Booking, b: Booking): number =>
    a.startsAt.getTime() - b.startsAt.getTime() || a.appointmentId - b.appointmentId;
  for (const booking of bookings.toSorted(byStart)) {
    open = open.filter((other) => other.endsAt > booking.startsAt);
    for (const other of open) {
      const [one, two] = ids.has(booking.appointmentId) ? [booking, other] : [other, booking];
      if (!ids.has(one.appointmentId)) continue;
      overlaps.push({ userId: booking.userId, appointmentId: one.appointmentId, otherId: two.appointmentId });
    }
    open.push(booking);
  }
  return overlaps;
}
