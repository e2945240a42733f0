import type { Appointment, Role } from '../../domain/appointment.ts';
import { partOf } from '../../domain/audience.ts';
import { BusinessError, notFound } from '../../domain/errors.ts';
import { addActivity } from '../../store/activity.ts';
import { loadAppointments } from '../../store/appointments.ts';
import { announceWritten } from '../../store/changes.ts';
import {
  ledgerRows,
  loadConcernedPeople,
  restoreHidden,
  retryFailed,
  type LedgerRow,
  type LedgerScope,
} from '../../store/ledger.ts';
import { wakeWorkers } from '../../store/mark-links.ts';
import type { Caller } from '../context.ts';
import type { CalendarContext } from './context.ts';
import { eventErrorWords, signInNeeded, type ErrorWords } from './error-words.ts';
import { withoutCalendar, type WithoutCalendar } from './without-calendar.ts';

export interface LedgerEntry extends Omit<
  LedgerRow,
  'userRole' | 'errorCode' | 'needsSignIn' | 'isGone' | 'isWanted' | 'settledSince'
> {
  /** The part that the person plays; `null` when they are no longer concerned. */
  role: Role | null;
  error: ErrorWords | null;
  /** Since when it is as it is: of an event in its calendar, when that was last written; `null` while it waits. */
  since: Date | null;
}

export interface Ledger {
  entries: LedgerEntry[];
  /** Those concerned in none of whose calendars it is, nor is to come. */
  without: WithoutCalendar[];
}

/** Who has the appointment in which calendar, how it stands there, and who has it in none, and why. @throws BusinessError 404 */
export async function showLedger(context: CalendarContext, caller: Caller, appointmentId: number): Promise<Ledger> {
  const appointment = await visibleAppointment(context, caller, appointmentId);
  const { db } = context.database;
  const scope = scopeOf(caller);
  const entries = entriesOf(appointment, caller, await ledgerRows(db, appointmentId, scope));
  const people = await loadConcernedPeople(db, appointmentId, scope);
  const rowsOf = Map.groupBy(entries, (entry) => entry.userId);
  const without = people.flatMap((person) => {
    const rows = rowsOf.get(person.userId) ?? [];
    if (rows.some((row) => row.state !== 'removed')) return [];
    const reason = withoutCalendar(appointment, person, { now: context.clock.now(), ...context.settings });
    // A row tells by itself that an event was there and was taken off.
    return reason === null || (rows.length > 0 && reason.reason === 'being_filled') ? [] : [reason];
  });
  return { entries, without };
}

function entriesOf(appointment: Appointment, caller: Caller, rows: readonly LedgerRow[]): LedgerEntry[] {
  return rows.map(({ userRole, errorCode, needsSignIn, isGone, isWanted, settledSince, ...row }) => {
    const role = partOf(appointment, { id: row.userId, role: userRole });
    const staysAway = role === null || !isWanted || appointment.status === 'cancelled';
    // What was raised since has nothing to change there: no state of the account delays it.
    if (isGone && staysAway)
      return { ...row, role, state: 'removed', since: settledSince, error: null, nextAttemptAt: null };
    const error = needsSignIn
      ? signInNeeded(errorCode, row.userId === caller.id)
      : eventErrorWords(row.state, errorCode);
    return { ...row, role, error, since: sinceOf(row, settledSince) };
  });
}

function sinceOf({ state, syncedAt }: Pick<LedgerRow, 'state' | 'syncedAt'>, settledSince: Date | null): Date | null {
  if (state === 'pending') return null;
  return state === 'synced' ? syncedAt : settledSince;
}

function scopeOf({ id, role }: Caller): LedgerScope {
  return { callerId: id, role };
}

/** Tries failed rows again now. @throws BusinessError 404 */
export async function retryLedger(context: CalendarContext, caller: Caller, appointmentId: number): Promise<void> {
  await visibleAppointment(context, caller, appointmentId);
  const scope = scopeOf(caller);
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
