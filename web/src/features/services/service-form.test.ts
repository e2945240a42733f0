import { expect, test } from 'vitest';
import { serviceRequest, serviceValues } from './service-form.ts';

test('prices go to hundredths without a rounding fault', () => {
  const values = { name: ' Deep clean ', minutes: '90', price: 14.35, currency: 'gbp', isActive: true };
  expect(serviceRequest(values)).toEqual({
    name: 'Deep clean',
    duration_minutes: 90,
    price_cents: 1435,
    currency: 'GBP',
    is_active: true,
  });
});

test('what is shown of a service is what is sent back', () => {
  const facts = { name: 'Windows', duration_minutes: 90, price_cents: 6005, currency: 'EUR', is_active: false };
  expect(serviceRequest(serviceValues({ id: 1, version: 2, ...facts }))).toEqual(facts);
});
