import type { ServiceJson } from '../../../../src/api-contract/services.ts';
import { formatMoney } from '../../lib/money.ts';
import { t } from '../../lib/t.ts';
import { formatDay, formatTime } from '../../lib/time.ts';
import { visitsOf, type OrderValues } from './order-request.ts';
import { WEEKS } from './recurrence.ts';

type Booked = Pick<OrderValues, 'date' | 'time' | 'rhythm' | 'ends' | 'visits'>;
type Priced = Pick<ServiceJson, 'price_cents' | 'currency'>;

const WEEK_MS = 7 * 86_400_000;

/** What is about to be booked, in sentences; empty while the form does not say it yet. @param service `null`: none is chosen */
export function bookingWords(booked: Booked, service: Priced | null, now: Date): string[] {
  return [whenWords(booked, now), priceWords(booked, service)].filter((words) => words !== null);
}

/** `Every 2 weeks on Tuesday at 09:00, 4 visits: the first on Tuesday 1 December, the last on Tuesday 12 January 2027.` */
function whenWords(booked: Booked, now: Date): string | null {
  // By the clock of the place, which has no need of a zone here: a day a week later is seven days on.
  const first = Date.parse(`${booked.date}T${booked.time}:00Z`);
  const visits = visitsOf(booked);
  if (Number.isNaN(first) || (visits === null && booked.ends === 'count')) return null;
  const day = (at: number): string => formatDay(new Date(at), 'UTC', now);
  const time = formatTime(new Date(first), 'UTC');
  if (booked.rhythm === 'once') return t('orders.form.sum.once', { day: day(first), time });
  const weeks = WEEKS[booked.rhythm];
  const often = t('orders.rule.weekly', { interval: weeks });
  if (visits === null) return t('orders.form.sum.endless', { often, time, first: day(first) });
  const last = day(first + (visits - 1) * weeks * WEEK_MS);
  return t('orders.form.sum.counted', { often, time, visits, first: day(first), last });
}

/** `£60.00 a visit, £240.00 for all 4.` */
function priceWords(booked: Booked, service: Priced | null): string | null {
  const visits = visitsOf(booked);
  if (service === null) return null;
  const each = formatMoney(service.price_cents, service.currency);
  if (booked.rhythm === 'once') return t('orders.form.sum.price', { price: each });
  if (visits === null) return t('orders.form.sum.priceEach', { price: each });
  const all = formatMoney(visits * service.price_cents, service.currency);
  return t('orders.form.sum.priceAll', { price: each, all, visits });
}
