import type { CreateOrderRequest } from '../../../../src/api-contract/orders.ts';
import { dayFault } from '../../lib/last-day.ts';
import { t } from '../../lib/t.ts';
import { wallClock } from '../../lib/time.ts';
import { toRule, type Rhythm } from './recurrence.ts';

/** What the booking form holds; ids as text, because selects speak text. */
export interface OrderValues {
  customerId: string | null;
  serviceId: string | null;
  date: string;
  time: string;
  timeZone: string;
  rhythm: Rhythm;
  /** When visits that repeat end: after so many, or when the order is cancelled. */
  ends: 'count' | 'never';
  visits: number | string;
  line1: string;
  line2: string;
  city: string;
  postalCode: string;
  country: string;
  accessNotes: string;
  notes: string;
}

/** Which API fields each input fills. */
export const ORDER_INPUTS = {
  customerId: ['customer_id'],
  serviceId: ['items.0.service_id'],
  date: [],
  time: ['items.0.starts_at'],
  timeZone: ['time_zone'],
  rhythm: ['recurrence', 'recurrence.rrule'],
  ends: [],
  visits: [],
  line1: ['address.line1'],
  line2: ['address.line2'],
  city: ['address.city'],
  postalCode: ['address.postal_code'],
  country: ['address.country'],
  accessNotes: ['address.access_notes'],
  notes: ['notes'],
} as const satisfies Record<keyof OrderValues, readonly string[]>;

/** The start is sent as a wall time, read in the order's zone: nobody has to know the offset of that day. */
export function orderRequest(values: OrderValues): CreateOrderRequest {
  const rule = toRule(values.rhythm, values.ends === 'never' ? null : Number(values.visits));
  return {
    ...(values.customerId === null ? {} : { customer_id: Number(values.customerId) }),
    time_zone: values.timeZone,
    notes: values.notes.trim() || null,
    address: {
      line1: values.line1.trim(),
      line2: values.line2.trim() || null,
      city: values.city.trim(),
      postal_code: values.postalCode.trim(),
      country: values.country,
      access_notes: values.accessNotes.trim() || null,
    },
    items: [{ service_id: Number(values.serviceId), starts_at: `${values.date}T${values.time}:00` }],
    recurrence: rule === null ? null : { rrule: rule },
  };
}

/** What is missing, as sentences beside the inputs. */
export function missing(
  values: OrderValues,
  needsCustomer: boolean,
  now: Date,
): Partial<Record<keyof OrderValues, string>> {
  const faults: Partial<Record<keyof OrderValues, string>> = {};
  if (needsCustomer && values.customerId === null) faults.customerId = t('orders.form.customerMissing');
  if (values.serviceId === null) faults.serviceId = t('orders.form.serviceMissing');
  const tooFar = dayFault(values.date);
  if (values.date === '') faults.date = t('orders.form.dayMissing');
  else if (tooFar !== null) faults.date = tooFar;
  else if (values.date < wallClock(now, values.timeZone).date) faults.date = t('orders.form.dayPast');
  if (values.time === '') faults.time = t('orders.form.timeMissing');
  if (values.line1.trim() === '') faults.line1 = t('orders.form.streetMissing');
  if (values.city.trim() === '') faults.city = t('orders.form.townMissing');
  if (values.postalCode.trim() === '') faults.postalCode = t('orders.form.postcodeMissing');
  if (visitsOf(values) === null && values.rhythm !== 'once' && values.ends === 'count') {
    faults.visits = t('orders.form.visitsWrong', { most: MOST_VISITS });
  }
  return faults;
}

/** A year of weekly visits; whoever wants more lets them go on until they cancel. */
export const MOST_VISITS = 52;

/** How many visits are wanted; `null`: no number that can be booked, or none at all. */
export function visitsOf({ rhythm, ends, visits }: Pick<OrderValues, 'rhythm' | 'ends' | 'visits'>): number | null {
  if (rhythm === 'once') return 1;
  const wanted = Number(visits);
  return ends === 'count' && Number.isInteger(wanted) && wanted >= 2 && wanted <= MOST_VISITS ? wanted : null;
}
