import type { Db } from '../db/sql.ts';
import type { Appointment } from '../domain/appointment.ts';
import { overlapsOf } from '../domain/overlaps.ts';
import { absencesAround, type TeamAbsence } from '../store/absences.ts';
import { bookingsAround } from '../store/appointment-changes.ts';
import { loadAppointments } from '../store/appointments.ts';
import { loadPeople } from '../store/people.ts';
import { spanOfDays } from './absent-span.ts';
import type { Caller, UseCaseContext } from './context.ts';

export type WarningCode = 'overlap' | 'staff_absent' | 'moved_out_of_gap' | 'staff_unavailable';

/** Something to know that did not stop the request. */
export interface BookingWarning {
  code: WarningCode;
  /** For people; carries nothing that the caller may not know. */
  message: string;
  appointmentId?: number;
  staffId?: number;
  /** With `overlap`: whom it concerns, and the visit that they have at the same time. */
  overlap?: OverlapFacts;
  /** With `staff_absent`: who can't come on which days. */
  absence?: AbsenceFacts;
}

/** All of it is known to whoever may see both visits, as all do who are told of an overlap. */
export interface OverlapFacts {
  staffName: string;
  appointmentId: number;
  customerName: string;
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
}

/** Known to whoever manages the person. */
export interface AbsenceFacts {
  staffName: string;
  /** Days of the person's own zone; both belong to it. */
  firstDay: string;
  lastDay: string;
  note: string | null;
}

/** A long series could have one for each occurrence; nobody reads more. */
export const MOST_WARNINGS = 100;

/** All that those who plan should know of these appointments and their teams. */
export async function teamWarnings(
  db: Db,
  context: Pick<UseCaseContext, 'zones'>,
  caller: Caller,
  ids: readonly number[],
): Promise<BookingWarning[]> {
  if (ids.length === 0 || caller.role === 'customer' || caller.role === 'staff') return [];
  const absences = await absenceWarnings(db, context, caller, ids);
  return [...absences, ...(await overlapWarnings(db, caller, ids))].slice(0, MOST_WARNINGS);
}

/** Tells who of the teams of these scheduled appointments can't come on their days; managers hear of their own staff only. */
async function absenceWarnings(
  db: Db,
  { zones }: Pick<UseCaseContext, 'zones'>,
  caller: Caller,
  ids: readonly number[],
): Promise<BookingWarning[]> {
  const told = (await absencesAround(db, ids)).filter((absence) => {
    const { from, to } = spanOfDays(zones, absence.timeZone, absence);
    const seen = caller.role === 'admin' || absence.managerId === caller.id;
    return seen && absence.startsAt < to && absence.endsAt > from;
  });
  // Who can't come for two reasons in a row is told of once.
  const firsts = new Map<string, TeamAbsence>();
  for (const one of told) {
    const key = `${one.appointmentId} ${one.userId}`;
    if (!firsts.has(key)) firsts.set(key, one);
  }
  return [...firsts.values()].map(({ userId, appointmentId, name, firstDay, lastDay, note }) => ({
    code: 'staff_absent',
    message: `Staff member ${userId} can’t come from ${firstDay} to ${lastDay}, the time of appointment ${appointmentId}.`,
    appointmentId,
    staffId: userId,
    absence: { staffName: name, firstDay, lastDay, note },
  }));
}

/** Tells which of these scheduled appointments overlap others of their team; managers hear of their own staff only. */
async function overlapWarnings(db: Db, caller: Caller, ids: readonly number[]): Promise<BookingWarning[]> {
  const found = overlapsOf(new Set(ids), await bookingsAround(db, ids));
  const people = await loadPeople(db, [...new Set(found.map((overlap) => overlap.userId))]);
  const told = found
    .filter(({ userId }) => caller.role === 'admin' || people.get(userId)?.managerId === caller.id)
    .slice(0, MOST_WARNINGS);
  const others = await loadAppointments(db, [...new Set(told.map((overlap) => overlap.otherId))]);
  const byId = new Map(others.map((other) => [other.id, other]));
  return told.map(({ userId, appointmentId, otherId }) => ({
    code: 'overlap',
    message: `Staff member ${userId} has appointment ${otherId} at the same time as appointment ${appointmentId}.`,
    appointmentId,
    staffId: userId,
    ...overlapFacts(userId, byId.get(otherId)),
  }));
}

function overlapFacts(userId: number, other: Appointment | undefined): Pick<BookingWarning, 'overlap'> {
  const staffName = other?.team.find((member) => member.id === userId)?.name;
  if (other === undefined || staffName === undefined) return {};
  const { id: appointmentId, customer, startsAt, endsAt, timeZone } = other;
  return { overlap: { staffName, appointmentId, customerName: customer.name, startsAt, endsAt, timeZone } };
}
