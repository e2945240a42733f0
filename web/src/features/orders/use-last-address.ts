import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { lastOrderQuery } from './api/list-orders.ts';
import { fillAddress, formAddress, isSameAddress, type FormAddress } from './last-address.ts';

/** Whose last order it is: the reader's own, or that of the customer with this id; `null`: nobody is chosen yet. */
export type AddressOwner = 'me' | { customerId: string } | null;

/**
 * Fills the address of somebody's last order into the booking form, once for each of whom it is.
 * @returns whether the form holds such an address, unchanged
 */
export function useLastAddress(
  owner: AddressOwner,
  form: { values: FormAddress; setValues: (values: FormAddress) => void },
): boolean {
  const [empty] = useState(() => addressOf(form.values));
  const [filled, setFilled] = useState(empty);
  const handled = useRef('');
  const customerId = owner === null || owner === 'me' ? undefined : owner.customerId;
  const query = useQuery({ ...lastOrderQuery(customerId), enabled: owner !== null });
  const order = owner === null ? null : query.data;
  // While an answer is awaited, the address of whoever was chosen before is gone already.
  const state = `${owner === null ? 'nobody' : (customerId ?? 'me')}${order === undefined ? ' awaited' : ''}`;
  useEffect(() => {
    if (handled.current === state) return;
    handled.current = state;
    const last = order ? formAddress(order) : empty;
    const next = fillAddress(addressOf(form.values), { filled, last, empty });
    if (!isSameAddress(form.values, next.values)) form.setValues(next.values);
    setFilled(next.filled);
  }, [state, order, empty, filled, form]);
  return filled !== empty && isSameAddress(form.values, filled);
}

function addressOf(values: FormAddress): FormAddress {
  const { line1, line2, city, postalCode, country, accessNotes, timeZone } = values;
  return { line1, line2, city, postalCode, country, accessNotes, timeZone };
}
