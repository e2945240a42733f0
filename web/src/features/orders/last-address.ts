import type { OrderJson } from '../../../../src/api-contract/orders.ts';
import type { OrderValues } from './order-request.ts';

/** Where a cleaning takes place, as the booking form holds it; the clock of the place is a part of it. */
export type FormAddress = Pick<
  OrderValues,
  'line1' | 'line2' | 'city' | 'postalCode' | 'country' | 'accessNotes' | 'timeZone'
>;

export function formAddress(order: Pick<OrderJson, 'address' | 'time_zone'>): FormAddress {
  const { line1, line2, city, postal_code, country, access_notes } = order.address;
  return {
    line1,
    line2: line2 ?? '',
    city,
    postalCode: postal_code,
    country,
    accessNotes: access_notes ?? '',
    timeZone: order.time_zone,
  };
}

/**
 * What the form holds once somebody's last address (or `empty`) is there to be filled in. What a person typed is never
 * overwritten, nor mixed with it: they mean another place. Then only what was filled in for somebody else before goes.
 * @param filled what was filled in before; `empty` at first
 * @returns the new values, and what of them was filled in
 */
export function fillAddress(
  now: FormAddress,
  { filled, last, empty }: { filled: FormAddress; last: FormAddress; empty: FormAddress },
): { values: FormAddress; filled: FormAddress } {
  if (isSameAddress(now, filled)) return { values: last, filled: last };
  const values = { ...empty };
  for (const name of namesOf(empty)) if (now[name] !== filled[name]) values[name] = now[name];
  return { values, filled: empty };
}

export function isSameAddress(one: FormAddress, other: FormAddress): boolean {
  return namesOf(other).every((name) => one[name] === other[name]);
}

function namesOf(address: FormAddress): (keyof FormAddress)[] {
  return Object.keys(address) as (keyof FormAddress)[];
}
