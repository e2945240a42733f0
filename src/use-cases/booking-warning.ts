import type { Db } from '../db/sql.ts';
import { overlapsOf } from '../domain/overlaps.ts';
import { bookingsAround } from '../store/appointment-changes.ts';
import { loadPeople } from '../store/people.ts';
import type { Caller } from './context.ts';

export type WarningCode = 'overlap' | 'moved_out_of_gap' | 'staff_unavailable';

/** Something to know that did not stop the request. */
export interface BookingWarning {
  code: WarningCode;
  /** For people; carries nothing that the caller may not know. */
  message: string;
  appointmentId?: number;
  staffId?: number;
}

/** A long series could have one for each occurrence; nobody reads more. */
export const MOST_WARNINGS = 100;

/** Tells which of these scheduled appointments overlap others of their team; managers hear of their own staff only. */
export async function overlapWarnings(db: Db, caller: Caller, ids: readonly number[]): Promise<BookingWarning[]> {
  if (ids.length === 0 || caller.role === 'customer' || caller.role === 'staff') return [];
  const found = overlapsOf(new Set(ids), await bookingsAround(db, ids));
  const people = await loadPeople(db, [...new Set(found.map((overlap) => overlap.userId))]);
  return found
    .filter(({ userId }) => caller.role === 'admin' || people.get(userId)?.managerId === caller.id)
    .slice(0, MOST_WARNINGS)
    .map(({ userId, appointmentId, otherId }) => ({
      code: 'overlap',
      message: `Staff member ${userId} has appointment ${otherId} at the same time as appointment ${appointmentId}.`,
      appointmentId,
      staffId: userId,
    }));
}
