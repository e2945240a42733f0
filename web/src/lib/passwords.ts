import { t } from './t.ts';

/** The contract's own limit (`src/api-contract/fields.ts`). */
const SHORTEST_PASSWORD = 10;

/** Said before somebody chooses one. */
export function passwordAdvice(): string {
  return t('auth.passwordHint', { length: SHORTEST_PASSWORD });
}

/** What is wrong with a password that somebody chose, or `null`. */
export function passwordFault(password: string): string | null {
  return password.length < SHORTEST_PASSWORD ? t('auth.passwordShort', { length: SHORTEST_PASSWORD }) : null;
}
