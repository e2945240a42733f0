import type { Address, Contact, Role, WallTime } from './appointment.ts';

export type OrderStatus = 'pending' | 'confirmed' | 'cancelled';

/** One kind of work at one time. A recurrence repeats every item of its order. */
export interface OrderItem {
  id: number;
  service: { id: number; name: string };
  quantity: number;
  /** The first occurrence, in the order's zone. */
  startsWall: WallTime;
  startsAt: Date;
  /** Of the whole item, not of one unit. */
  durationMinutes: number;
  /** Of the whole item. */
  priceCents: number;
  /** ISO 4217. */
  currency: string;
  /** Who is to do it; the first leads. */
  staffIds: readonly number[];
}

/** What a customer asked for. Becomes appointments when it is confirmed. */
export interface Order {
  id: number;
  status: OrderStatus;
  customer: Contact;
  /** IANA; the zone of the address, in which all its wall times are meant. */
  timeZone: string;
  notes: string | null;
  address: Address;
  accessNotes: string | null;
  items: readonly OrderItem[];
  /** RFC 5545 §3.3.10; `null`: each item happens once. */
  rrule: string | null;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

/** Who sees orders at all; staff see appointments only. */
export type OrderReader = Exclude<Role, 'staff'>;

export interface OrderItemView extends Omit<OrderItem, 'priceCents' | 'currency' | 'staffIds'> {
  priceCents?: number;
  currency?: string;
  staffIds?: readonly number[];
}

/** What one role may see of an order, and nothing else; see `AppointmentView`. */
export interface OrderView extends Omit<Order, 'customer' | 'items'> {
  /** Contact only for those who don't own it. */
  customer: { id: number; name: string; phone?: string | null; email?: string };
  items: OrderItemView[];
}

/** Who may edit the address reads its access notes, so all readers do. Prices and names follow the appointments' list. */
const ALLOWED = {
  customer: { contact: false, price: true, staff: false },
  manager: { contact: true, price: false, staff: true },
  admin: { contact: true, price: true, staff: true },
} as const satisfies Record<OrderReader, object>;

/** Reduces an order to what `role` may see. */
export function orderViewFor(order: Order, role: OrderReader): OrderView {
  const { id, status, timeZone, notes, accessNotes, rrule, version, createdAt, updatedAt } = order;
  const { line1, line2, city, postalCode, country } = order.address;
  const customer: OrderView['customer'] = { id: order.customer.id, name: order.customer.name };
  if (ALLOWED[role].contact) Object.assign(customer, { phone: order.customer.phone, email: order.customer.email });
  return {
    id,
    status,
    timeZone,
    notes,
    accessNotes,
    rrule,
    version,
    createdAt,
    updatedAt,
    address: { line1, line2, city, postalCode, country },
    customer,
    items: order.items.map((item) => itemViewFor(item, role)),
  };
}

function itemViewFor(item: OrderItem, role: OrderReader): OrderItemView {
  const { id, quantity, startsWall, startsAt, durationMinutes } = item;
  const view: OrderItemView = {
    id,
    quantity,
    startsWall,
    startsAt,
    durationMinutes,
    service: { id: item.service.id, name: item.service.name },
  };
  if (ALLOWED[role].price) Object.assign(view, { priceCents: item.priceCents, currency: item.currency });
  if (ALLOWED[role].staff) view.staffIds = [...item.staffIds];
  return view;
}
