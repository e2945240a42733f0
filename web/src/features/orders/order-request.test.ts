import { expect, test } from 'vitest';
import { createOrderSchema } from '../../../../src/api-contract/orders.ts';
import { missing, orderRequest, type OrderValues } from './order-request.ts';

const NOW = new Date('2026-11-30T23:30:00Z');

const FILLED: OrderValues = {
  customerId: null,
  serviceId: '1',
  date: '2026-12-01',
  time: '09:00',
  timeZone: 'Europe/London',
  rhythm: 'weekly',
  ends: 'count',
  visits: 4,
  line1: ' 1 High Street ',
  line2: '',
  city: 'London',
  postalCode: 'N1 1AA',
  country: 'GB',
  accessNotes: '',
  notes: ' Ring twice ',
};

test('a filled form is what the contract asks for', () => {
  const request = orderRequest(FILLED);
  expect(createOrderSchema.parse(request)).toEqual({
    time_zone: 'Europe/London',
    notes: 'Ring twice',
    address: {
      line1: '1 High Street',
      line2: null,
      city: 'London',
      postal_code: 'N1 1AA',
      country: 'GB',
      access_notes: null,
    },
    items: [{ service_id: 1, starts_at: '2026-12-01T09:00:00' }],
    recurrence: { rrule: 'FREQ=WEEKLY;COUNT=4' },
  });
});

test('visits go on until the order is cancelled, whatever number was typed before', () => {
  const open = { ...FILLED, rhythm: 'fourWeekly', ends: 'never', visits: '' } as const;
  expect(missing(open, false, NOW)).toEqual({});
  expect(orderRequest(open).recurrence).toEqual({ rrule: 'FREQ=WEEKLY;INTERVAL=4' });
});

test('the office names the customer', () => {
  expect(orderRequest({ ...FILLED, customerId: '7' }).customer_id).toBe(7);
  expect(missing(FILLED, true, NOW)).toEqual({ customerId: 'Choose whom the cleaning is for.' });
  expect(missing(FILLED, false, NOW)).toEqual({});
});

test('what is missing is said beside its input', () => {
  const empty = { ...FILLED, serviceId: null, date: '', time: '', line1: ' ', city: '', postalCode: '' };
  expect(Object.keys(missing(empty, false, NOW))).toEqual(['serviceId', 'date', 'time', 'line1', 'city', 'postalCode']);
});

test.each(['', 1, 53, 2.5])('%s visits are refused, but only where visits repeat', (visits) => {
  expect(missing({ ...FILLED, visits }, false, NOW)).toHaveProperty('visits');
  expect(missing({ ...FILLED, visits, rhythm: 'once' }, false, NOW)).toEqual({});
});

test('a day that is over where the cleaning is is said at the day', () => {
  const today = { ...FILLED, date: '2026-11-30' };
  expect(missing(today, false, NOW)).toEqual({});
  expect(missing({ ...today, timeZone: 'Europe/Berlin' }, false, NOW)).toEqual({
    date: 'This day has passed. Choose today or a later one.',
  });
});

test('a day beyond all that can be booked is said at the day, not at the time', () => {
  expect(missing({ ...FILLED, date: '9999-12-31' }, false, NOW)).toEqual({
    date: 'Choose a day up to the end of 2199.',
  });
});
