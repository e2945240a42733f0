import { notFound } from '../../domain/errors.ts';
import { calendarChoices, connectionOverviews, type ConnectionOverview } from '../../store/calendar-overview.ts';
import type { ProviderName } from '../../sync/provider.ts';
import type { Caller } from '../context.ts';
import type { CalendarContext } from './context.ts';
import { accountErrorWords, type ErrorWords } from './error-words.ts';

export interface ConnectionView extends Omit<ConnectionOverview, 'backfillTotal' | 'backfillPending' | 'errorCode'> {
  error: ErrorWords | null;
  /** Progress of the first filling; `null` when it is over. */
  backfill: { total: number; done: number } | null;
}

export interface CalendarView {
  syncEnabled: boolean;
  reminderMinutes: number | null;
  providers: Record<ProviderName, { configured: boolean; adminConsentUrl: string | null }>;
  connections: ConnectionView[];
}

/** The caller's calendar page. */
export async function showCalendar(context: CalendarContext, caller: Caller): Promise<CalendarView> {
  const { db } = context.database;
  const choices = await calendarChoices(db, caller.id);
  if (!choices) throw notFound('user');
  const connections = await connectionOverviews(db, caller.id);
  const access = (name: ProviderName): CalendarView['providers'][ProviderName] => {
    const found = context.providers.get(name);
    return { configured: found !== undefined, adminConsentUrl: found?.oauth.adminConsentUrl ?? null };
  };
  return {
    ...choices,
    providers: { google: access('google'), outlook: access('outlook'), caldav: access('caldav') },
    connections: connections.map(toView),
  };
}

function toView({ backfillTotal, backfillPending, errorCode, ...connection }: ConnectionOverview): ConnectionView {
  const filling = backfillPending > 0 && backfillTotal > 0;
  return {
    ...connection,
    error: accountErrorWords(connection.status, errorCode),
    backfill: filling ? { total: backfillTotal, done: Math.max(0, backfillTotal - backfillPending) } : null,
  };
}
