import { LOCALE } from './time.ts';

/** `12000`, `GBP` → `£120.00`. */
export function formatMoney(cents: number, currency: string): string {
  return new Intl.NumberFormat(LOCALE, { style: 'currency', currency }).format(cents / 100);
}
