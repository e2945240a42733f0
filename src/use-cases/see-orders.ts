import type { Db } from '../db/sql.ts';
import { forbidden } from '../domain/errors.ts';
import { orderViewFor, type OrderReader, type OrderView } from '../domain/order.ts';
import { knownAppointmentsOfOrders } from '../store/appointment-lists.ts';
import { loadOrders } from '../store/orders.ts';
import type { BookingWarning } from './booking-warning.ts';
import type { Caller } from './context.ts';
import { seeAppointments, type SeenAppointment } from './see-appointments.ts';

/** An order as the caller sees it, with those of its appointments that they may know of, soonest first. */
export interface SeenOrder {
  view: OrderView;
  appointments: SeenAppointment[];
}

/** The answer to a change: the order, and what to know about it. */
export interface ChangedOrder extends SeenOrder {
  warnings: BookingWarning[];
}

/** Staff see appointments, no orders. @throws BusinessError 403 */
export function orderReader(caller: Caller): OrderReader {
  if (caller.role === 'staff') throw forbidden('Staff see their appointments, not orders.');
  return caller.role;
}

/** What the caller may see of orders they may know of (that is the caller's business), newest first. */
export async function seeOrders(db: Db, caller: Caller, ids: readonly number[]): Promise<SeenOrder[]> {
  const role = orderReader(caller);
  const orders = await loadOrders(db, ids);
  const known = await knownAppointmentsOfOrders(db, caller, ids);
  const appointments = Map.groupBy(await seeAppointments(db, caller, known), ({ view }) => view.orderId);
  return orders.map((order) => ({ view: orderViewFor(order, role), appointments: appointments.get(order.id) ?? [] }));
}

/** As above, for one that exists. */
export async function seeOrder(db: Db, caller: Caller, id: number): Promise<SeenOrder> {
  const [seen] = await seeOrders(db, caller, [id]);
  if (seen === undefined) throw new Error('An order disappeared while it was read');
  return seen;
}
