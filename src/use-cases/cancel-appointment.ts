import { assertManages } from './change-appointment.ts';
import { closeAppointment } from './close-appointment.ts';
import type { Caller, UseCaseContext } from './context.ts';
import type { ChangedAppointment } from './see-appointments.ts';

/** Cancels one appointment; its order goes on. @throws BusinessError 403 for customers and staff; as `closeAppointment` */
export async function cancelAppointment(
  context: UseCaseContext,
  caller: Caller,
  id: number,
  version: number | null = null,
): Promise<ChangedAppointment> {
  assertManages(caller);
  return closeAppointment(context, caller, id, 'cancelled', version);
}
