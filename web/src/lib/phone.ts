import { hasDigits } from '../../../src/api-contract/fields.ts';
import { t } from './t.ts';

/** What is wrong with a phone number that may be left out; `null` when nothing is. */
export function phoneFault(typed: string): string | null {
  return typed.trim() === '' || hasDigits(typed) ? null : t('common.form.phoneWrong');
}
