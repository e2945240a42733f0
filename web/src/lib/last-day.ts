import { t } from './t.ts';

/** The API takes times in the years 2000 to 2199 (`src/api-contract/fields.ts`). */
const LAST_DAY = '2199-12-31';

/** What is wrong with a day that no appointment can have; `null` where nothing is. */
export function dayFault(day: string): string | null {
  return day > LAST_DAY || day.length > LAST_DAY.length ? t('common.form.dayTooFar') : null;
}
