import { forbidden, notFound } from '../domain/errors.ts';
import { cancelScheduledOf, hasForeignScheduled } from '../store/appointment-changes.ts';
import { appointmentIdsOf } from '../store/appointment-lists.ts';
import { queueChangeMails, readersBefore } from '../store/mail-changes.ts';
import { announceChanges } from '../store/changes.ts';
import { markAppointments } from '../store/mark-links.ts';
import { endRequests } from '../store/reschedule-requests.ts';
import { lockOrder, setOrderStatus } from '../store/orders.ts';
import { checkVersion } from './check-version.ts';
import type { Caller, UseCaseContext } from './context.ts';
import { markingNow } from './marking.ts';
import { orderReader, seeOrder, type ChangedOrder } from './see-orders.ts';

/**
 * Cancels an order with all its appointments that are still to come; those completed stay as they are. Again on a
 * cancelled order it changes nothing and answers the same.
 * @throws BusinessError 403 for staff, and for a manager when another team has appointments in it; 404;
 *   409 `version_conflict`
 */
export async function cancelOrder(
  context: UseCaseContext,
  caller: Caller,
  id: number,
  version: number | null = null,
): Promise<ChangedOrder> {
  orderReader(caller);
  return context.database.transaction(async (tx) => {
    const order = await lockOrder(tx, caller, id);
    if (order === null) throw notFound('order');
    checkVersion(order.version, version);
    if (order.status !== 'cancelled') {
      if (await hasForeignScheduled(tx, caller, id)) {
        throw forbidden(
          'Another team has appointments in this order. Cancel yours one by one, or ask an administrator.',
        );
      }
      const now = context.clock.now();
      const readers = await readersBefore(tx, await appointmentIdsOf(tx, id));
      await setOrderStatus(tx, id, 'cancelled', now);
      await announceChanges(tx, { orders: [id] });
      const cancelled = await cancelScheduledOf(tx, id, now);
      await markAppointments(tx, cancelled, markingNow(context));
      await queueChangeMails(tx, readers, cancelled, now);
      await endRequests(tx, cancelled, now);
    }
    return { ...(await seeOrder(tx, caller, id)), warnings: [] };
  });
}
