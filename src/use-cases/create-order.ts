import type { Db } from '../db/sql.ts';
import type { Address } from '../domain/appointment.ts';
import { BusinessError, forbidden, invalidField } from '../domain/errors.ts';
import { announceChanges } from '../store/changes.ts';
import { insertOrder, type NewOrder } from '../store/orders.ts';
import { loadPeople } from '../store/people.ts';
import type { Service } from '../domain/service.ts';
import { loadServices } from '../store/services.ts';
import { MOST_WARNINGS, type BookingWarning } from './booking-warning.ts';
import { checkStaff } from './check-staff.ts';
import type { Caller, UseCaseContext } from './context.ts';
import { gapWarning, planOccurrences } from './plan-occurrences.ts';
import { checkZone, readTime } from './read-time.ts';
import { parseRecurrence } from './recurrence-rule.ts';
import { orderReader, seeOrder, type ChangedOrder } from './see-orders.ts';

/** What is asked for; absent and `null` mean the same. */
export interface OrderRequest {
  /** Whom it is for; customers order for themselves. */
  customerId?: number | null | undefined;
  /** IANA; the zone of the address. */
  timeZone: string;
  notes?: string | null | undefined;
  address: Address;
  accessNotes?: string | null | undefined;
  items: readonly OrderItemRequest[];
  /** RFC 5545 §3.3.10. */
  rrule?: string | null | undefined;
}

export interface OrderItemRequest {
  serviceId: number;
  /** Default 1. Multiplies the service's price, and its duration unless one is given. */
  quantity?: number | undefined;
  /** An instant with offset, or a wall time of the order's zone. */
  startsAt: string;
  /** Of the whole item. */
  durationMinutes?: number | undefined;
  staffIds?: readonly number[] | undefined;
}

/** Longer work is several items. */
export const LONGEST_MINUTES = 7 * 24 * 60;
/** The database's `integer`. */
const HIGHEST_PRICE = 2 ** 31 - 1;

/**
 * Takes an order; it is `pending` until somebody confirms it, and no calendar shows it. Everything that could stop its
 * confirmation is checked here.
 * @throws BusinessError 403 for staff; 422 `field_not_allowed`, `field_required`, `unknown_customer`, `unknown_service`,
 *   `unknown_staff`, `unknown_time_zone`, `time_does_not_exist`, `in_the_past`, `invalid_duration`, `invalid_price`,
 *   `invalid_recurrence`, `too_many_occurrences`
 */
export async function createOrder(
  context: UseCaseContext,
  caller: Caller,
  request: OrderRequest,
): Promise<ChangedOrder> {
  orderReader(caller);
  const now = context.clock.now();
  return context.database.transaction(async (tx) => {
    const order = await readOrder(tx, context, caller, request);
    if (caller.role === 'customer') refuseThePast(order, now);
    const warnings = foreseeableWarnings(context, order, now);
    const id = await insertOrder(tx, order, now);
    await announceChanges(tx, { orders: [id] });
    return { ...(await seeOrder(tx, caller, id)), warnings };
  });
}

async function readOrder(db: Db, context: UseCaseContext, caller: Caller, request: OrderRequest): Promise<NewOrder> {
  const { timeZone, address } = request;
  const customerId = await readCustomer(db, caller, request.customerId ?? null);
  checkZone(context.zones, timeZone);
  await checkNamedStaff(db, caller, request.items);
  const services = new Map(
    (
      await loadServices(
        db,
        request.items.map((item) => item.serviceId),
      )
    ).map((service) => [service.id, service]),
  );
  return {
    customerId,
    createdBy: caller.id,
    timeZone,
    notes: request.notes || null,
    address,
    accessNotes: request.accessNotes || null,
    rrule: request.rrule ? parseRecurrence(request.rrule).text : null,
    items: request.items.map((item, at) =>
      readItem(context, timeZone, services.get(item.serviceId), item, `items.${at}`),
    ),
  };
}

async function readCustomer(db: Db, caller: Caller, customerId: number | null): Promise<number> {
  if (caller.role === 'customer') {
    if (customerId !== null && customerId !== caller.id) {
      throw forbidden('Customers order for themselves. Leave customer_id out.');
    }
    return caller.id;
  }
  if (customerId === null) throw invalidField('field_required', 'customer_id', 'Say whom the order is for.');
  const customer = (await loadPeople(db, [customerId])).get(customerId);
  if (customer?.role !== 'customer' || !customer.isActive) {
    throw invalidField('unknown_customer', 'customer_id', 'There is no active customer with this id.');
  }
  return customerId;
}

async function checkNamedStaff(db: Db, caller: Caller, items: readonly OrderItemRequest[]): Promise<void> {
  const chosen = items.findIndex((item) => item.staffIds !== undefined);
  if (caller.role === 'customer' && chosen >= 0) {
    throw invalidField('field_not_allowed', `items.${chosen}.staff_ids`, 'We choose who comes. Leave staff_ids out.');
  }
  const named = items.flatMap((item, at) =>
    (item.staffIds ?? []).map((id) => ({ id, field: `items.${at}.staff_ids` })),
  );
  await checkStaff(db, caller, named);
}

function readItem(
  context: UseCaseContext,
  timeZone: string,
  service: Service | undefined,
  item: OrderItemRequest,
  path: string,
): NewOrder['items'][number] {
  if (service === undefined || !service.isActive) {
    throw invalidField(
      'unknown_service',
      `${path}.service_id`,
      'There is no such service on offer. See GET /api/services/.',
    );
  }
  const { wall, at } = readTime(context.zones, timeZone, item.startsAt, `${path}.starts_at`);
  const quantity = item.quantity ?? 1;
  return {
    serviceId: service.id,
    quantity,
    startsWall: wall,
    startsAt: at,
    durationMinutes: readDuration(service, item, `${path}.duration_minutes`),
    priceCents: readPrice(service.priceCents * quantity, `${path}.quantity`),
    currency: service.currency,
    staffIds: [...new Set(item.staffIds)],
  };
}

function readDuration(service: Service, item: OrderItemRequest, field: string): number {
  const minutes = item.durationMinutes ?? service.durationMinutes * (item.quantity ?? 1);
  if (minutes >= 1 && minutes <= LONGEST_MINUTES) return minutes;
  const text = `An appointment lasts at most ${LONGEST_MINUTES} minutes (a week). Give duration_minutes, or split it.`;
  throw invalidField('invalid_duration', field, text);
}

function readPrice(cents: number, field: string): number {
  if (cents <= HIGHEST_PRICE) return cents;
  throw invalidField('invalid_price', field, 'The price is beyond what one item can cost. Split it.');
}

function refuseThePast(order: NewOrder, now: Date): void {
  const late = order.items.findIndex((item) => item.startsAt < now);
  if (late < 0) return;
  const message = 'This time has passed. Choose a later one.';
  throw new BusinessError('invalid', 'in_the_past', message, {
    fields: [{ field: `items.${late}.starts_at`, message }],
  });
}

/** Plans the appointments that the order would become now, to refuse what can't be and to tell of nights of change. */
function foreseeableWarnings(context: UseCaseContext, order: NewOrder, now: Date): BookingWarning[] {
  const items = order.items.map((item, at) => ({ ...item, id: at }));
  const plan = planOccurrences(context.zones, { ...order, items, after: null }, now);
  return plan.occurrences
    .map((occurrence) => gapWarning(context.zones, order.timeZone, occurrence))
    .filter((warning) => warning !== null)
    .slice(0, MOST_WARNINGS);
}
