import type { Tx } from '../db/sql.ts';
import { forbidden, notFound } from '../domain/errors.ts';
import { clearAbsence, lockAppointment, setAbsence } from '../store/appointment-changes.ts';
import { announceChanges } from '../store/changes.ts';
import { appointmentClosed } from './change-appointment.ts';
import type { Caller, UseCaseContext } from './context.ts';
import { seeAppointment, type SeenAppointment } from './see-appointments.ts';

/**
 * The caller can't come: the appointment needs somebody else, and those who plan see it. They stay on the team, and the
 * event in their calendar, until they are replaced. Said again, only the note changes.
 * @throws BusinessError 403 for who isn't on the team; 404; 409 `appointment_closed`
 */
export async function reportAbsence(
  context: UseCaseContext,
  caller: Caller,
  id: number,
  note: string | null,
): Promise<SeenAppointment> {
  return context.database.transaction(async (tx) => {
    await lockScheduled(tx, caller, id);
    const absence = { appointmentId: id, userId: caller.id, note: note || null };
    if (!(await setAbsence(tx, absence, context.clock.now()))) throw notOnTeam();
    await announceChanges(tx, { appointments: [id] });
    return seeAppointment(tx, caller, id);
  });
}

/** The caller can come after all. As above; who had said nothing changes nothing. */
export async function takeBackAbsence(context: UseCaseContext, caller: Caller, id: number): Promise<SeenAppointment> {
  return context.database.transaction(async (tx) => {
    await lockScheduled(tx, caller, id);
    if (!(await clearAbsence(tx, id, caller.id))) throw notOnTeam();
    await announceChanges(tx, { appointments: [id] });
    return seeAppointment(tx, caller, id);
  });
}

async function lockScheduled(tx: Tx, caller: Caller, id: number): Promise<void> {
  const appointment = await lockAppointment(tx, caller, id);
  if (appointment === null) throw notFound('appointment');
  if (appointment.status !== 'scheduled') throw appointmentClosed(appointment);
}

/** A staff member also knows of appointments that they ordered for their own home. */
function notOnTeam(): Error {
  return forbidden('Only those who are assigned say whether they can come.');
}
