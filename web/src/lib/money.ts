import { locale } from './t.ts';

/** `12000`, `GBP` → `£120.00`. */
export function formatMoney(cents: number, currency: string): string {
  return new Intl.NumberFormat(locale(), { style: 'currency', currency }).format(cents / 100);
}
