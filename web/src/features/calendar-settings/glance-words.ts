import type { CalendarJson } from '../../../../src/api-contract/calendar.ts';
import type { Status } from '../../components/StatusTag.tsx';
import { calendarName, calendarNames } from '../../lib/providers.ts';
import { t } from '../../lib/t.ts';
import { connectionStatus, overallStatus } from './connection-words.ts';

/** The state of somebody's calendars for the first page: one status and one sentence that needs nothing around it. */
export function glance(calendar: CalendarJson, now: Date): Status & { sentence: string } {
  const overall = overallStatus(calendar, now);
  const live = calendar.connections.filter(({ status }) => status !== 'disconnecting');
  if (live.length === 0 && calendar.feeds.length > 0) {
    const sentence = t('calendar.glance.subscribedMore');
    return { tone: 'good', icon: 'check', word: t('calendar.glance.subscribed'), sentence };
  }
  if (live.length === 0) {
    return { ...overall, sentence: t('calendar.glance.none') };
  }
  if (!calendar.calendar_sync_enabled) return overall;
  const names = calendarNames(live.map(({ provider }) => provider));
  if (overall.tone === 'good') {
    return { ...overall, sentence: t('calendar.glance.good', { calendars: names, state: overall.sentence }) };
  }
  const troubled = live.find((connection) => connectionStatus(connection).tone === overall.tone) ?? live[0];
  const name = troubled === undefined ? names : calendarName(troubled.provider);
  return { ...overall, sentence: t(`calendar.glance.${overall.tone}`, { calendar: name }) };
}
