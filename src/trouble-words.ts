import { GERMAN_TROUBLES } from './api-contract/german-troubles.ts';
import type { Language } from './domain/user.ts';
import { accountErrorWords } from './use-cases/calendar/error-words.ts';

/** What the owner of an account that needs them is told in their language, as the web app does. */
export function troubleOf(code: string | null, language: Language): string {
  const words = accountErrorWords('reauth_required', code) ?? { code: 'reauth_required', message: '' };
  if (language === 'en') return words.message;
  return GERMAN_TROUBLES[words.code] ?? GERMAN_TROUBLES['reauth_required'] ?? words.message;
}
