import { locale, t } from './t.ts';

/** `,` in German, `.` in English. */
export function decimalSign(): string {
  const parts = new Intl.NumberFormat(locale()).formatToParts(1.5);
  return parts.find(({ type }) => type === 'decimal')?.value ?? '.';
}

/** Says which whole numbers go; `null` for one of them. Empty text is none. */
export function wholeFault(typed: number | string, least: number, most: number): string | null {
  const number = typed === '' ? Number.NaN : Number(typed);
  if (Number.isInteger(number) && number >= least && number <= most) return null;
  return t('common.form.wholeBetween', { least: shown(least), most: shown(most) });
}

/** As `wholeFault`, with hundredths: for prices. */
export function amountFault(typed: number | string, least: number, most: number): string | null {
  const number = typed === '' ? Number.NaN : Number(typed);
  if (number >= least && number <= most) return null;
  return t('common.form.between', { least: shown(least), most: shown(most) });
}

function shown(number: number): string {
  return new Intl.NumberFormat(locale()).format(number);
}
