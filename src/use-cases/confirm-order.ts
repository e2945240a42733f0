import type { Db, Tx } from '../db/sql.ts';
import { BusinessError, forbidden, notFound } from '../domain/errors.ts';
import { queueChangeMails, readersBefore } from '../store/mail-changes.ts';
import { markAppointments } from '../store/mark-links.ts';
import { insertOccurrences, loadItemPlans, movedOccurrences } from '../store/occurrences.ts';
import { lockOrder, setMaterialisedUntil, setOrderStatus, type OrderState } from '../store/orders.ts';
import { loadPeople } from '../store/people.ts';
import { MOST_WARNINGS, teamWarnings, type BookingWarning } from './booking-warning.ts';
import { checkVersion } from './check-version.ts';
import type { Caller, UseCaseContext } from './context.ts';
import { markingNow } from './marking.ts';
import { gapWarning, planOccurrences } from './plan-occurrences.ts';
import { seeOrder, type ChangedOrder, type SeenOrder } from './see-orders.ts';

/**
 * Turns a pending order into appointments and marks the calendars of everyone concerned, all in one transaction. Again
 * on a confirmed order it changes nothing and answers the same.
 * @throws BusinessError 403 for customers and staff; 404; 409 `order_cancelled`, `version_conflict`
 */
export async function confirmOrder(
  context: UseCaseContext,
  caller: Caller,
  id: number,
  version: number | null = null,
): Promise<ChangedOrder> {
  if (caller.role !== 'manager' && caller.role !== 'admin') {
    throw forbidden('Managers and administrators confirm orders.');
  }
  return context.database.transaction(async (tx) => {
    // Two who confirm at once: the second waits here and then finds the order confirmed.
    const order = await lockOrder(tx, caller, id);
    if (order === null) throw notFound('order');
    checkVersion(order.version, version);
    if (order.status === 'cancelled') throw orderCancelled();
    if (order.status === 'pending') await materialise(tx, context, order);
    const seen = await seeOrder(tx, caller, id);
    return { ...seen, warnings: await warningsFor(tx, context, caller, seen) };
  });
}

async function materialise(tx: Tx, context: UseCaseContext, order: OrderState): Promise<void> {
  const now = context.clock.now();
  const items = await loadItemPlans(tx, order.id);
  const plan = planOccurrences(context.zones, { ...order, items, after: null }, now);
  const made = await insertOccurrences(tx, plan.occurrences, { zoneVersion: context.zones.version, now });
  await setOrderStatus(tx, order.id, 'confirmed', now);
  await setMaterialisedUntil(tx, order.id, plan.until);
  await markAppointments(tx, made, markingNow(context));
  await queueChangeMails(tx, await readersBefore(tx, []), made, now);
}

function orderCancelled(): BusinessError {
  return new BusinessError('conflict', 'order_cancelled', 'This order was cancelled. Make a new one.');
}

/** Told from what is stored, so that confirming again tells the same. */
async function warningsFor(
  db: Db,
  context: UseCaseContext,
  caller: Caller,
  { view, appointments }: SeenOrder,
): Promise<BookingWarning[]> {
  const known = new Set(appointments.map((appointment) => appointment.view.id));
  const open = appointments.filter((appointment) => appointment.view.status === 'scheduled');
  const moved = (await movedOccurrences(db, view.id)).filter((one) => known.has(one.appointmentId));
  const gaps = moved.map((one) => gapWarning(context.zones, one.timeZone, one)).filter((warning) => warning !== null);
  const team = await teamWarnings(
    db,
    context,
    caller,
    open.map((appointment) => appointment.view.id),
  );
  return [...gaps, ...(await missingStaff(db, view)), ...team].slice(0, MOST_WARNINGS);
}

/** Staff named in the order who don't work here any more; the appointments were made without them. */
async function missingStaff(db: Db, view: SeenOrder['view']): Promise<BookingWarning[]> {
  const named = [...new Set(view.items.flatMap((item) => item.staffIds ?? []))];
  const people = await loadPeople(db, named);
  const gone = named.filter((id) => people.get(id)?.role !== 'staff' || !people.get(id)?.isActive);
  return gone.map((id) => ({
    code: 'staff_unavailable',
    message: `Staff member ${id}, whom the order names, does not work here as staff any more. Assign somebody else.`,
    staffId: id,
  }));
}
