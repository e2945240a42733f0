import type { Tx } from '../db/sql.ts';
import { withoutDays, type AbsentDays } from '../domain/absent-days.ts';
import { BusinessError, forbidden, notFound } from '../domain/errors.ts';
import { lockAbsentDays, replaceAbsentDays } from '../store/absences.ts';
import {
  clearAbsence,
  lockAppointment,
  lockOwnVisits,
  setAbsence,
  wasAbsent,
  type AppointmentState,
} from '../store/appointment-changes.ts';
import { announceChanges } from '../store/changes.ts';
import { queueAbsenceMails } from '../store/mail-absences.ts';
import { zoneOf } from '../store/people.ts';
import { daysOfSpan, spanOfDays } from './absent-span.ts';
import { appointmentClosed } from './change-appointment.ts';
import type { Caller, UseCaseContext } from './context.ts';
import { seeAppointment, type SeenAppointment } from './see-appointments.ts';

/**
 * The caller can't come: the appointment needs somebody else, and those who plan see it and get a mail. They stay on the
 * team, and the event in their calendar, until they are replaced. Said again, only the note changes.
 * @throws BusinessError 403 for who isn't on the team; 404; 409 `appointment_closed`, `appointment_over`
 */
export async function reportAbsence(
  context: UseCaseContext,
  caller: Caller,
  id: number,
  note: string | null,
): Promise<SeenAppointment> {
  return context.database.transaction(async (tx) => {
    const before = await lockOwnScheduled(tx, caller, id);
    const now = context.clock.now();
    if (before.appointment.endsAt <= now) throw appointmentOver();
    await setAbsence(tx, { appointmentIds: [id], userId: caller.id, note: note || null }, now);
    await announceChanges(tx, { appointments: [id] });
    const news = { userId: caller.id, appointmentIds: [id], wasAbsent: false };
    if (!before.absent) await queueAbsenceMails(tx, news, now);
    return seeAppointment(tx, caller, id);
  });
}

/**
 * The caller can come after all. As above; who had said nothing changes nothing. When it was the last of their visits of
 * these days that they could not come to, they can come on these days again.
 */
export async function takeBackAbsence(context: UseCaseContext, caller: Caller, id: number): Promise<SeenAppointment> {
  return context.database.transaction(async (tx) => {
    const days = await lockAbsentDays(tx, caller.id);
    const before = await lockOwnScheduled(tx, caller, id);
    if (before.absent) {
      await clearAbsence(tx, [id], caller.id);
      const left = await daysLeft(context, tx, caller, days, before.appointment);
      await replaceAbsentDays(tx, caller.id, left);
      await announceChanges(tx, { appointments: [id], absences: [caller.id] });
      const news = { userId: caller.id, appointmentIds: [id], wasAbsent: true };
      await queueAbsenceMails(tx, news, context.clock.now());
    }
    return seeAppointment(tx, caller, id);
  });
}

/** On which days the caller still can't come, once they can to this visit. */
async function daysLeft(
  { zones }: UseCaseContext,
  tx: Tx,
  caller: Caller,
  all: readonly AbsentDays[],
  visit: AppointmentState,
): Promise<readonly AbsentDays[]> {
  const zone = await zoneOf(tx, caller.id);
  const days = daysOfSpan(zones, zone, visit);
  const visits = await lockOwnVisits(tx, caller.id, spanOfDays(zones, zone, days));
  return visits.some(({ absent }) => absent) ? all : withoutDays(all, days);
}

/** What the caller has said of it before. */
async function lockOwnScheduled(
  tx: Tx,
  caller: Caller,
  id: number,
): Promise<{ appointment: AppointmentState; absent: boolean }> {
  const appointment = await lockAppointment(tx, caller, id);
  if (appointment === null) throw notFound('appointment');
  if (appointment.status !== 'scheduled') throw appointmentClosed(appointment);
  const absent = await wasAbsent(tx, id, caller.id);
  if (absent === null) throw notOnTeam();
  return { appointment, absent };
}

function appointmentOver(): Error {
  return new BusinessError(
    'conflict',
    'appointment_over',
    'The time of this appointment is over, so nobody else can be found for it. Tell the office how it went.',
  );
}

/** A staff member also knows of appointments that they ordered for their own home. */
function notOnTeam(): Error {
  return forbidden('Only those who are assigned say whether they can come.');
}
