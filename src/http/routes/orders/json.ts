import type { ChangedOrderJson, CreateOrderRequest, OrderJson } from '../../../api-contract/orders.ts';
import type { OrderItemView } from '../../../domain/order.ts';
import type { OrderRequest } from '../../../use-cases/create-order.ts';
import { instantText } from '../../../use-cases/read-time.ts';
import type { ChangedOrder, SeenOrder } from '../../../use-cases/see-orders.ts';
import { appointmentJson, warningJson } from '../appointments/json.ts';

/** An order as the contract spells it. Made from the view alone, so nothing but the allow-list can be in it. */
export function orderJson({ view, appointments }: SeenOrder): OrderJson {
  const { line1, line2, city, postalCode, country } = view.address;
  return {
    id: view.id,
    status: view.status,
    customer_id: view.customer.id,
    customer: view.customer,
    time_zone: view.timeZone,
    notes: view.notes,
    address: { line1, line2, city, postal_code: postalCode, country, access_notes: view.accessNotes },
    items: view.items.map(itemJson),
    recurrence: view.rrule === null ? null : { rrule: view.rrule },
    appointments: appointments.map(appointmentJson),
    version: view.version,
    created_at: view.createdAt.toISOString(),
    updated_at: view.updatedAt.toISOString(),
  };
}

function itemJson(item: OrderItemView): OrderJson['items'][number] {
  return {
    id: item.id,
    service_id: item.service.id,
    service: item.service,
    quantity: item.quantity,
    starts_at: instantText({ wall: item.startsWall, at: item.startsAt }),
    duration_minutes: item.durationMinutes,
    ...(item.priceCents !== undefined && { price_cents: item.priceCents }),
    ...(item.currency !== undefined && { currency: item.currency }),
    ...(item.staffIds !== undefined && { staff_ids: [...item.staffIds] }),
  };
}

/** The answer to a change. */
export function changedOrderJson(changed: ChangedOrder): ChangedOrderJson {
  return { ...orderJson(changed), warnings: changed.warnings.map(warningJson) };
}

/** What is asked for, in our words. */
export function orderRequest(body: CreateOrderRequest): OrderRequest {
  const { line1, line2 = null, city, postal_code: postalCode, country, access_notes: accessNotes } = body.address;
  return {
    customerId: body.customer_id,
    timeZone: body.time_zone,
    notes: body.notes,
    address: { line1, line2, city, postalCode, country },
    accessNotes,
    items: body.items.map((item) => ({
      serviceId: item.service_id,
      quantity: item.quantity,
      startsAt: item.starts_at,
      durationMinutes: item.duration_minutes,
      staffIds: item.staff_ids,
    })),
    rrule: body.recurrence?.rrule,
  };
}
