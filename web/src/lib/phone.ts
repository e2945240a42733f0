import { t } from './t.ts';

/** As many as the shortest numbers have (112). */
const FEWEST_DIGITS = 3;

/** What is wrong with a phone number that may be left out; `null` when nothing is. Words beside the digits are welcome. */
export function phoneFault(typed: string): string | null {
  const digits = typed.match(/\d/g)?.length ?? 0;
  return typed.trim() === '' || digits >= FEWEST_DIGITS ? null : t('common.form.phoneWrong');
}
