import type { Tx } from '../db/sql.ts';
import { notFound } from '../domain/errors.ts';
import { loadTeam, lockAppointment, replaceTeam } from '../store/appointment-changes.ts';
import { announceParting } from '../store/changes.ts';
import { touchFeedsOf } from '../store/feed-changes.ts';
import { queueChangeMails, readersBefore } from '../store/mail-changes.ts';
import { markAppointments } from '../store/mark-links.ts';
import { loadPeople } from '../store/people.ts';
import { teamWarnings } from './booking-warning.ts';
import { appointmentClosed, assertManages } from './change-appointment.ts';
import { checkStaff, foreignStaff } from './check-staff.ts';
import { checkVersion } from './check-version.ts';
import type { Caller, UseCaseContext } from './context.ts';
import { markingNow } from './marking.ts';
import { seeAppointment, type ChangedAppointment } from './see-appointments.ts';

/**
 * Replaces the team of an appointment, the lead first, and marks the calendars of those who leave, come and stay.
 * Overlaps with other appointments and days on which somebody can't come are told, they don't stop it. The same team again changes nothing.
 * @throws BusinessError 403 for customers and staff, and for a manager who adds or removes other teams' staff; 404;
 *   409 `version_conflict`, `appointment_closed`; 422 `unknown_staff`
 */
export async function assignAppointment(
  context: UseCaseContext,
  caller: Caller,
  id: number,
  request: { staffIds: readonly number[]; version?: number | null | undefined },
): Promise<ChangedAppointment> {
  assertManages(caller);
  return context.database.transaction(async (tx) => {
    const appointment = await lockAppointment(tx, caller, id);
    if (appointment === null) throw notFound('appointment');
    checkVersion(appointment.version, request.version);
    const before = await loadTeam(tx, id);
    const after = [...new Set(request.staffIds)];
    if (before.join() !== after.join()) {
      if (appointment.status !== 'scheduled') throw appointmentClosed(appointment);
      await checkTeamChange(tx, caller, before, after);
      // Those who leave are not among the people concerned afterwards.
      await touchFeedsOf(tx, [id]);
      await announceParting(tx, id, before);
      const now = context.clock.now();
      const readers = await readersBefore(tx, [id]);
      await replaceTeam(tx, id, after, now);
      await markAppointments(tx, [id], markingNow(context));
      await queueChangeMails(tx, readers, [id], now);
    }
    const seen = await seeAppointment(tx, caller, id);
    return { ...seen, warnings: await teamWarnings(tx, context, caller, [id]) };
  });
}

/** Those who stay are nobody's business; those who come must be able to, and managers touch their own team only. */
async function checkTeamChange(
  tx: Tx,
  caller: Caller,
  before: readonly number[],
  after: readonly number[],
): Promise<void> {
  const added = after.filter((id) => !before.includes(id));
  await checkStaff(
    tx,
    caller,
    added.map((id) => ({ id, field: 'staff_ids' })),
  );
  if (caller.role !== 'manager') return;
  const removed = before.filter((id) => !after.includes(id));
  const people = await loadPeople(tx, removed);
  if (removed.some((id) => people.get(id)?.managerId !== caller.id)) throw foreignStaff();
}
