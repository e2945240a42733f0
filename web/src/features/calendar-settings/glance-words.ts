import type { CalendarJson } from '../../../../src/api-contract/calendar.ts';
import type { Status } from '../../components/StatusTag.tsx';
import { PROVIDER_NAMES } from '../../lib/providers.ts';
import { connectionStatus, overallStatus } from './connection-words.ts';

/** The state of somebody's calendars for the first page: one status and one sentence that needs nothing around it. */
export function glance(calendar: CalendarJson, now: Date): Status & { sentence: string } {
  const overall = overallStatus(calendar, now);
  const live = calendar.connections.filter(({ status }) => status !== 'disconnecting');
  if (live.length === 0 && calendar.feeds.length > 0) {
    const sentence = 'A calendar program of yours reads your visits by a secret address, at times of its own.';
    return { tone: 'good', icon: 'check', word: 'Subscribed', sentence };
  }
  if (live.length === 0) {
    return { ...overall, sentence: 'Connect a calendar once, and your visits appear in it by themselves.' };
  }
  if (!calendar.calendar_sync_enabled) return overall;
  const names = [...new Set(live.map(({ provider }) => PROVIDER_NAMES[provider]))].join(' and ');
  if (overall.tone === 'good') return { ...overall, sentence: `Your visits are in ${names}. ${overall.sentence}` };
  const troubled = live.find((connection) => connectionStatus(connection).tone === overall.tone) ?? live[0];
  const name = troubled === undefined ? names : PROVIDER_NAMES[troubled.provider];
  return { ...overall, sentence: TROUBLE[overall.tone].replace('{}', name) };
}

const TROUBLE: Readonly<Record<Status['tone'], string>> = {
  good: '',
  busy: 'Your visits are on their way to {}.',
  quiet: '{} is paused; your events stay as they are.',
  warn: '{} is late or has a question. The settings say what to do.',
  bad: '{} no longer lets us in. Reconnect it, and it goes on where it stopped.',
};
