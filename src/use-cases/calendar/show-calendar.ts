import { DAY } from '../../base/time.ts';
import { notFound } from '../../domain/errors.ts';
import { horizonDaysOf } from '../../domain/horizon.ts';
import {
  calendarChoices,
  connectionOverviews,
  countBeyond,
  type ConnectionOverview,
} from '../../store/calendar-overview.ts';
import { listFeeds, type FeedRecord } from '../../store/feeds.ts';
import { loadMailChoices, type MailChoices } from '../../store/mail-choices.ts';
import type { ProviderName } from '../../sync/provider.ts';
import type { Caller } from '../context.ts';
import type { CalendarContext, MailDelivery } from './context.ts';
import { accountErrorWords, type ErrorWords } from './error-words.ts';

export interface ConnectionView extends Omit<ConnectionOverview, 'backfillTotal' | 'backfillPending' | 'errorCode'> {
  error: ErrorWords | null;
  /** Progress of the first filling; `null` when it is over. */
  backfill: { total: number; done: number } | null;
  horizon: Horizon;
}

/** How far ahead a person's events are written, and how many of their appointments lie beyond. */
export interface Horizon {
  days: number;
  until: Date;
  beyond: number;
}

export interface CalendarView {
  syncEnabled: boolean;
  reminderMinutes: number | null;
  providers: Record<ProviderName, { configured: boolean; adminConsentUrl: string | null }>;
  connections: ConnectionView[];
  feeds: FeedRecord[];
  mails: MailChoices & { delivery: MailDelivery };
}

/** The caller's calendar page. */
export async function showCalendar(context: CalendarContext, caller: Caller): Promise<CalendarView> {
  const { db } = context.database;
  const choices = await calendarChoices(db, caller.id);
  const mails = await loadMailChoices(db, caller.id);
  if (!choices || !mails) throw notFound('user');
  const horizon = await horizonOf(context, caller);
  const connections = await connectionOverviews(db, caller.id, context.clock.now(), horizon.until);
  const access = (name: ProviderName): CalendarView['providers'][ProviderName] => {
    const found = context.providers.get(name);
    const adminConsentUrl = found && 'oauth' in found ? found.oauth.adminConsentUrl : null;
    return { configured: found !== undefined, adminConsentUrl };
  };
  return {
    ...choices,
    providers: { google: access('google'), outlook: access('outlook'), caldav: access('caldav') },
    connections: connections.map((connection) => toView(connection, horizon)),
    feeds: await listFeeds(db, caller.id),
    mails: { ...mails, delivery: context.mailDelivery },
  };
}

async function horizonOf({ database, clock, settings }: CalendarContext, caller: Caller): Promise<Horizon> {
  const days = horizonDaysOf(caller.role, settings);
  const until = new Date(clock.now().getTime() + days * DAY);
  return { days, until, beyond: await countBeyond(database.db, caller, until) };
}

function toView(
  { backfillTotal, backfillPending, errorCode, ...connection }: ConnectionOverview,
  horizon: Horizon,
): ConnectionView {
  const filling = backfillPending > 0 && backfillTotal > 0;
  return {
    ...connection,
    horizon,
    error: accountErrorWords(connection.status, errorCode),
    backfill: filling ? { total: backfillTotal, done: Math.max(0, backfillTotal - backfillPending) } : null,
  };
}
