import { DAY } from '../base/time.ts';
import { markAppointments } from '../store/mark-links.ts';
import { insertOccurrences, loadItemPlans } from '../store/occurrences.ts';
import { lockOrder, ordersToExtend, setMaterialisedUntil } from '../store/orders.ts';
import { formatWall } from '../zones/wall-time.ts';
import type { UseCaseContext } from './context.ts';
import { markingNow } from './marking.ts';
import { horizonWall, planOccurrences } from './plan-occurrences.ts';

const ORDERS_AT_A_TIME = 200;

/** What one run did. */
export interface Extension {
  /** Those that gained appointments. */
  orders: number;
  appointments: number;
}

/**
 * Makes the appointments that confirmed orders without an end have gained since the last run, up to 26 weeks ahead, and
 * marks their calendars. For the daily upkeep; safe to run at any time, also twice at once. Each order by itself.
 * @throws AggregateError when orders failed; all others are done by then
 */
export async function extendOpenOrders(context: UseCaseContext, signal?: AbortSignal): Promise<Extension> {
  const done: Extension = { orders: 0, appointments: 0 };
  const failures: unknown[] = [];
  for (let afterId = 0; !signal?.aborted;) {
    const ids = await ordersToExtend(context.database.db, {
      wall: farthestWall(context),
      afterId,
      limit: ORDERS_AT_A_TIME,
    });
    for (const id of ids) {
      if (signal?.aborted) break;
      try {
        const made = await extendOrder(context, id);
        done.appointments += made;
        if (made > 0) done.orders += 1;
      } catch (error) {
        failures.push(error);
      }
    }
    if (ids.length < ORDERS_AT_A_TIME) break;
    afterId = ids.at(-1) ?? afterId;
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} open orders could not be extended`);
  return done;
}

/** The horizon where clocks are most ahead (UTC+14): no order reaches further, whatever its zone. */
function farthestWall({ clock, zones }: UseCaseContext): string {
  const utc = horizonWall(zones, 'Etc/UTC', clock.now());
  return formatWall(Date.parse(`${utc}Z`) + DAY);
}

/** @returns how many appointments were made */
async function extendOrder(context: UseCaseContext, id: number): Promise<number> {
  return context.database.transaction(async (tx) => {
    const order = await lockOrder(tx, { id: 0, role: 'admin' }, id);
    if (order?.status !== 'confirmed' || order.materialisedUntil === null) return 0;
    const now = context.clock.now();
    const items = await loadItemPlans(tx, id);
    const { timeZone, rrule, materialisedUntil: after } = order;
    if (horizonWall(context.zones, timeZone, now) <= after) return 0;
    const plan = planOccurrences(context.zones, { timeZone, rrule, items, after }, now);
    const made = await insertOccurrences(tx, plan.occurrences, { zoneVersion: context.zones.version, now });
    await setMaterialisedUntil(tx, id, plan.until);
    await markAppointments(tx, made, { ...markingNow(context), priority: 1 });
    return made.length;
  });
}
