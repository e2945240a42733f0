import { describe, expect, test } from 'vitest';
import { fillAddress, formAddress, type FormAddress } from './last-address.ts';

const EMPTY: FormAddress = {
  line1: '',
  line2: '',
  city: '',
  postalCode: '',
  country: 'GB',
  accessNotes: '',
  timeZone: 'Europe/London',
};
const JANES: FormAddress = {
  line1: '1 High Street',
  line2: 'Flat 2',
  city: 'London',
  postalCode: 'N1 1AA',
  country: 'GB',
  accessNotes: 'Key safe 4411',
  timeZone: 'Europe/London',
};
const OMARS: FormAddress = {
  line1: 'Ringstraße 5',
  line2: '',
  city: 'Zürich',
  postalCode: '8001',
  country: 'CH',
  accessNotes: '',
  timeZone: 'Europe/Zurich',
};

test('an order gives its address as the form holds it', () => {
  const address = { line1: 'Ringstraße 5', line2: null, city: 'Zürich', postal_code: '8001', country: 'CH' };
  expect(formAddress({ address: { ...address, access_notes: null }, time_zone: 'Europe/Zurich' })).toEqual(OMARS);
});

describe('the last address', () => {
  test('fills a form in which nobody has typed', () => {
    expect(fillAddress(EMPTY, { filled: EMPTY, last: JANES, empty: EMPTY })).toEqual({ values: JANES, filled: JANES });
  });

  test.each([
    ['a street', { line1: '9 Mill Lane' }],
    ['how to get in', { accessNotes: 'Ring at the neighbour' }],
    ['another time zone', { timeZone: 'Europe/Lisbon' }],
  ])('leaves a form alone into which somebody typed %s, and mixes nothing into it', (_what, typed) => {
    const now = { ...EMPTY, ...typed };
    expect(fillAddress(now, { filled: EMPTY, last: JANES, empty: EMPTY })).toEqual({ values: now, filled: EMPTY });
  });

  test('goes with the customer whose it is', () => {
    const another = { filled: JANES, last: OMARS, empty: EMPTY };
    expect(fillAddress(JANES, another)).toEqual({ values: OMARS, filled: OMARS });
    expect(fillAddress(JANES, { ...another, last: EMPTY })).toEqual({ values: EMPTY, filled: EMPTY });
  });

  test('goes also where somebody typed over a part of it: the part that they typed stays', () => {
    const now = { ...JANES, line2: 'Flat 3' };
    expect(fillAddress(now, { filled: JANES, last: OMARS, empty: EMPTY })).toEqual({
      values: { ...EMPTY, line2: 'Flat 3' },
      filled: EMPTY,
    });
  });
});
