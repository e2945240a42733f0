import { expect, test } from 'vitest';
import { firstStart, itemsWords, soonestFirst, totalPrice } from './order-words.ts';

function item(over: Partial<Parameters<typeof itemsWords>[0][number]>) {
  return {
    id: 1,
    service_id: 1,
    service: { id: 1, name: 'Deep clean' },
    quantity: 1,
    starts_at: '2026-12-01T09:00:00+00:00',
    duration_minutes: 120,
    price_cents: 12_000,
    currency: 'GBP',
    ...over,
  };
}

test('items in one line', () => {
  expect(itemsWords([item({}), item({ service: { id: 2, name: 'Windows' }, quantity: 3 })])).toBe(
    'Deep clean, Windows ×3',
  );
});

test('the first start goes by the instant, not by the text', () => {
  const later = item({ starts_at: '2026-12-01T10:00:00+02:00' });
  expect(firstStart([item({}), later])).toBe('2026-12-01T10:00:00+02:00');
  expect(firstStart([])).toBeNull();
});

test('what waits is sorted by its first start', () => {
  const order = (id: number, ...starts: string[]) => ({ id, items: starts.map((start) => item({ starts_at: start })) });
  const orders = [
    order(1),
    order(2, '2026-12-05T09:00:00Z', '2026-12-03T09:00:00Z'),
    order(3, '2026-12-04T09:00:00Z'),
    order(4, '2026-12-01T09:00:00Z'),
  ];
  expect(soonestFirst(orders).map(({ id }) => id)).toEqual([4, 2, 3, 1]);
});

test('the price of a visit', () => {
  expect(totalPrice([item({}), item({ price_cents: 500 })])).toEqual({ cents: 12_500, currency: 'GBP' });
});

test('no price for who may not know it, nor over two currencies', () => {
  const { price_cents: _price, currency: _currency, ...unpriced } = item({});
  expect(totalPrice([unpriced])).toBeNull();
  expect(totalPrice([item({}), item({ currency: 'EUR' })])).toBeNull();
});
