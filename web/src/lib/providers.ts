import type { LedgerRowJson } from '../../../src/api-contract/ledger.ts';
import { locale, t } from './t.ts';

export type Provider = LedgerRowJson['provider'];

export const PROVIDERS = ['google', 'outlook', 'caldav'] as const satisfies readonly Provider[];

/** What people call a calendar service. */
export function calendarName(provider: Provider): string {
  return t(`common.provider.${provider}`);
}

/** `Google Calendar and Outlook`. */
export function calendarNames(providers: readonly Provider[]): string {
  const names = [...new Set(providers)].map(calendarName);
  return new Intl.ListFormat(locale(), { type: 'conjunction' }).format(names);
}
