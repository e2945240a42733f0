import type { Appointment, Role } from '../../domain/appointment.ts';
import { partOf } from '../../domain/audience.ts';
import { BusinessError, notFound } from '../../domain/errors.ts';
import { addActivity } from '../../store/activity.ts';
import { loadAppointments } from '../../store/appointments.ts';
import { announceWritten } from '../../store/changes.ts';
import { ledgerRows, restoreHidden, retryFailed, type LedgerRow } from '../../store/ledger.ts';
import { wakeWorkers } from '../../store/mark-links.ts';
import type { Caller } from '../context.ts';
import type { CalendarContext } from './context.ts';
import { eventErrorWords, signInNeeded, type ErrorWords } from './error-words.ts';

export interface LedgerEntry extends Omit<LedgerRow, 'userRole' | 'errorCode' | 'needsSignIn'> {
  /** The part that the person plays; `null` when they are no longer concerned. */
  role: Role | null;
  error: ErrorWords | null;
}

/** Who has the appointment in which calendar, and how it stands there. @throws BusinessError 404 */
export async function showLedger(
  context: CalendarContext,
  caller: Caller,
  appointmentId: number,
): Promise<LedgerEntry[]> {
  const appointment = await visibleAppointment(context, caller, appointmentId);
  const rows = await ledgerRows(context.database.db, appointmentId, { callerId: caller.id, role: caller.role });
  return rows.map(({ userRole, errorCode, needsSignIn, ...row }) => ({
    ...row,
    role: partOf(appointment, { id: row.userId, role: userRole }),
    error: needsSignIn ? signInNeeded(errorCode, row.userId === caller.id) : eventErrorWords(row.state, errorCode),
  }));
}

/** Tries failed rows again now. @throws BusinessError 404 */
export async function retryLedger(context: CalendarContext, caller: Caller, appointmentId: number): Promise<void> {
  await visibleAppointment(context, caller, appointmentId);
  const scope = { callerId: caller.id, role: caller.role };
  await context.database.transaction(async (tx) => {
    const retried = await retryFailed(tx, appointmentId, scope, context.clock.now());
    await announceWritten(
      tx,
      retried.map((connection) => ({ connection, appointments: [appointmentId] })),
    );
    await wakeWorkers(tx, retried);
  });
}

/** Brings back an event that the caller had deleted from their own calendar. @throws BusinessError 404, 409 */
export async function restoreEvent(
  context: CalendarContext,
  caller: Caller,
  appointmentId: number,
  connectionId: number,
): Promise<void> {
  await visibleAppointment(context, caller, appointmentId);
  const at = context.clock.now();
  await context.database.transaction(async (tx) => {
    const restored = await restoreHidden(tx, appointmentId, connectionId, caller.id, at);
    if (!restored) {
      throw new BusinessError(
        'conflict',
        'nothing_to_restore',
        'This event is not hidden in that calendar of yours, so there is nothing to bring back.',
      );
    }
    await addActivity(tx, { userId: caller.id, connectionId, appointmentId, kind: 'restored', at });
    await announceWritten(tx, [{ connection: connectionId, appointments: [appointmentId] }]);
    await wakeWorkers(tx, [connectionId]);
  });
}

/** Those concerned see it, and a manager also what nobody is assigned to yet; for everybody else it does not exist. */
async function visibleAppointment(
  context: CalendarContext,
  caller: Caller,
  appointmentId: number,
): Promise<Appointment> {
  const [appointment] = await loadAppointments(context.database.db, [appointmentId]);
  const unassigned = caller.role === 'manager' && appointment?.team.length === 0;
  if (appointment && (unassigned || partOf(appointment, caller) !== null)) return appointment;
  throw notFound('appointment');
}
