import type { AppointmentStatus } from '../domain/appointment.ts';
import { BusinessError, notFound } from '../domain/errors.ts';
import { lockAppointment, setAppointmentStatus } from '../store/appointment-changes.ts';
import { queueChangeMails, readersBefore } from '../store/mail-changes.ts';
import { markAppointments } from '../store/mark-links.ts';
import { endRequests } from '../store/reschedule-requests.ts';
import { appointmentClosed } from './change-appointment.ts';
import { checkVersion } from './check-version.ts';
import type { Caller, UseCaseContext } from './context.ts';
import { markingNow } from './marking.ts';
import { seeAppointment, type ChangedAppointment } from './see-appointments.ts';

/**
 * Ends a scheduled appointment and marks the calendars concerned; ending it the same way again changes nothing. Whether
 * the caller's role may is asked before.
 * @throws BusinessError 404; 409 `version_conflict`, `appointment_closed` (it ended another way), `appointment_not_begun` (only
 *   cancelled may be what has not begun)
 */
export async function closeAppointment(
  context: UseCaseContext,
  caller: Caller,
  id: number,
  status: Exclude<AppointmentStatus, 'scheduled'>,
  version: number | null = null,
): Promise<ChangedAppointment> {
  return context.database.transaction(async (tx) => {
    const appointment = await lockAppointment(tx, caller, id);
    if (appointment === null) throw notFound('appointment');
    checkVersion(appointment.version, version);
    if (appointment.status !== status) {
      if (appointment.status !== 'scheduled') throw appointmentClosed(appointment);
      const now = context.clock.now();
      if (status !== 'cancelled' && appointment.startsAt > now) throw notBegun();
      const readers = status === 'cancelled' ? await readersBefore(tx, [id]) : null;
      await setAppointmentStatus(tx, id, status, now);
      await markAppointments(tx, [id], markingNow(context));
      await queueChangeMails(tx, readers, [id], now);
      await endRequests(tx, [id], now);
    }
    return { ...(await seeAppointment(tx, caller, id)), warnings: [] };
  });
}

function notBegun(): BusinessError {
  return new BusinessError(
    'conflict',
    'appointment_not_begun',
    'This appointment has not begun yet. Say how it went once it has, or cancel it.',
  );
}
