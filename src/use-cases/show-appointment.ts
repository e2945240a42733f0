import { notFound } from '../domain/errors.ts';
import { canKnowAppointment } from '../store/appointment-lists.ts';
import type { Caller, UseCaseContext } from './context.ts';
import { seeAppointment, type SeenAppointment } from './see-appointments.ts';

/** One appointment. @throws BusinessError 404 */
export async function showAppointment(context: UseCaseContext, caller: Caller, id: number): Promise<SeenAppointment> {
  const { db } = context.database;
  if (!(await canKnowAppointment(db, caller, id))) throw notFound('appointment');
  return seeAppointment(db, caller, id);
}
