import { forbidden, notFound } from '../domain/errors.ts';
import { canKnowAppointment } from '../store/appointment-lists.ts';
import { loadTeam } from '../store/appointment-changes.ts';
import { closeAppointment } from './close-appointment.ts';
import type { Caller, UseCaseContext } from './context.ts';
import type { ChangedAppointment } from './see-appointments.ts';

/**
 * Notes that the work is done. Staff may for appointments they are assigned to.
 * @throws BusinessError 403 for customers, and for staff who aren't on the team; as `closeAppointment`
 */
export async function completeAppointment(
  context: UseCaseContext,
  caller: Caller,
  id: number,
  version: number | null = null,
): Promise<ChangedAppointment> {
  if (caller.role === 'customer') throw forbidden('Those who do the work say when it is done.');
  if (caller.role === 'staff') await assertOnTeam(context, caller, id);
  return closeAppointment(context, caller, id, 'completed', version);
}

/** A staff member also knows of appointments that they ordered for their own home; those they can't complete. */
async function assertOnTeam({ database }: UseCaseContext, caller: Caller, id: number): Promise<void> {
  const team = await loadTeam(database.db, id);
  if (team.includes(caller.id)) return;
  if (!(await canKnowAppointment(database.db, caller, id))) throw notFound('appointment');
  throw forbidden('Those who are assigned say when the work is done.');
}
