import type { Db } from '../db/sql.ts';
import type { Appointment, Role } from '../domain/appointment.ts';
import { partOf } from '../domain/audience.ts';
import { viewFor, type AppointmentView } from '../domain/projection.ts';
import { ownEventIds } from '../store/appointment-lists.ts';
import { loadAppointments } from '../store/appointments.ts';
import { newestRequests } from '../store/reschedule-requests.ts';
import type { BookingWarning } from './booking-warning.ts';
import type { Caller } from './context.ts';

/** An appointment as the caller sees it. */
export interface SeenAppointment {
  view: AppointmentView;
  /** The caller's own events by provider, as far as acknowledged. */
  ownEvents: Readonly<Record<string, string>>;
}

/** The answer to a change: the appointment, and what to know about it. */
export interface ChangedAppointment extends SeenAppointment {
  warnings: BookingWarning[];
}

/**
 * Managers and admins see with their account's eyes. Everyone else sees the part they play: a staff member who ordered a
 * cleaning for their own home is its customer.
 */
export function viewingRole(appointment: Appointment, caller: Caller): Role {
  if (caller.role === 'manager' || caller.role === 'admin') return caller.role;
  return partOf(appointment, caller) ?? caller.role;
}

/** What the caller may see of appointments they may know of (that is the caller's business), soonest first. */
export async function seeAppointments(db: Db, caller: Caller, ids: readonly number[]): Promise<SeenAppointment[]> {
  const appointments = await loadAppointments(db, ids);
  const requests = await newestRequests(db, ids);
  const events = await ownEventIds(db, caller.id, ids);
  return appointments.map((appointment) => ({
    view: viewFor(
      { ...appointment, rescheduleRequest: requests.get(appointment.id) ?? null },
      viewingRole(appointment, caller),
    ),
    ownEvents: events.get(appointment.id) ?? {},
  }));
}

/** As above, for one that exists. */
export async function seeAppointment(db: Db, caller: Caller, id: number): Promise<SeenAppointment> {
  const [seen] = await seeAppointments(db, caller, [id]);
  if (seen === undefined) throw new Error('An appointment disappeared while it was read');
  return seen;
}
