import type { OrderJson } from '../../../../src/api-contract/orders.ts';
import type { Status } from '../../components/StatusTag.tsx';
import { t } from '../../lib/t.ts';

const LOOKS: Readonly<Record<OrderJson['status'], Omit<Status, 'word'>>> = {
  pending: { tone: 'warn', icon: 'clock' },
  confirmed: { tone: 'good', icon: 'check' },
  cancelled: { tone: 'quiet', icon: 'cross' },
};

export function orderStatus({ status }: Pick<OrderJson, 'status'>): Status {
  return { ...LOOKS[status], word: t(`orders.status.${status}`) };
}

/** `Deep clean, Windows ×2`. */
export function itemsWords(items: OrderJson['items']): string {
  return items
    .map((item) => (item.quantity > 1 ? `${item.service.name} ×${item.quantity}` : item.service.name))
    .join(', ');
}

/** The earliest start among the items, or `null` for an order without any. */
export function firstStart(items: OrderJson['items']): string | null {
  const starts = items.map((item) => item.starts_at).toSorted((a, b) => Date.parse(a) - Date.parse(b));
  return starts[0] ?? null;
}

/** What waits is looked at in the order in which it takes place; orders without any item come last. */
export function soonestFirst<Order extends Pick<OrderJson, 'items'>>(orders: readonly Order[]): Order[] {
  const at = ({ items }: Order): number => Date.parse(firstStart(items) ?? '9999-12-31T00:00:00Z');
  return orders.toSorted((a, b) => at(a) - at(b));
}

/** What an order costs each time; `null` for who may not know, and for items priced in several currencies. */
export function totalPrice(items: OrderJson['items']): { cents: number; currency: string } | null {
  const currency = items[0]?.currency;
  if (currency === undefined) return null;
  let cents = 0;
  for (const item of items) {
    if (item.currency !== currency || item.price_cents === undefined) return null;
    cents += item.price_cents;
  }
  return { cents, currency };
}
