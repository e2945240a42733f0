import type { LedgerRowJson } from '../../../src/api-contract/calendar.ts';

export type Provider = LedgerRowJson['provider'];

/** What people call the calendar services. */
export const PROVIDER_NAMES: Readonly<Record<Provider, string>> = {
  google: 'Google Calendar',
  outlook: 'Outlook',
  caldav: 'CalDAV calendar',
};
