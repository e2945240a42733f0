import type {
  ProviderHealthJson,
  ReminderOutcomeJson,
  SyncHealthJson,
  WatchedConnectionJson,
} from '../../../../src/api-contract/health.ts';
import type { Status } from '../../components/StatusTag.tsx';
import { PROVIDER_NAMES } from '../../lib/providers.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** `0.4 s`, `12 s`, `3 min`, `2 h`. */
export function durationWords(ms: number): string {
  if (ms < 10 * SECOND_MS) return `${(ms / SECOND_MS).toFixed(1)} s`;
  if (ms < 2 * MINUTE_MS) return `${Math.round(ms / SECOND_MS)} s`;
  if (ms < 2 * HOUR_MS) return `${Math.round(ms / MINUTE_MS)} min`;
  return `${Math.round(ms / HOUR_MS)} h`;
}

/** `99.2 %`; never rounded up to all. */
export function rateWords(rate: number): string {
  return `${Math.floor(rate * 1000) / 10} %`;
}

/** `1 event`, `3 events`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}

/** The strip over the page: the worst that is so, or that all is well. */
export function overallStatus(health: SyncHealthJson): Status & { sentence: string } {
  const paused = health.providers.filter((provider) => provider.paused).map(nameOf);
  if (paused.length > 0) {
    const sentence = 'Nothing is written there, and nothing is lost. Resume it below.';
    return { tone: 'warn', icon: 'pause', word: `${paused.join(' and ')} paused`, sentence };
  }
  const refused = health.providers.find(({ credentials }) => credentials.outcome === 'refused');
  if (refused) {
    return {
      ...{ tone: 'bad', icon: 'key', word: `${nameOf(refused)} refuses our credentials` },
      sentence: refused.credentials.message,
    };
  }
  const ending = health.providers.find(({ credentials }) => credentials.secret_ends_soon);
  if (ending) {
    const word = `Our secret at ${nameOf(ending)} ${endWords(ending.credentials.secret_days_left ?? 0)}`;
    return { tone: 'warn', icon: 'key', word, sentence: 'Make a new one at the provider before that.' };
  }
  const stuck = health.queue.stuck;
  if (stuck > 0) {
    const sentence = 'Nothing is tried again before somebody acts. The reasons are below.';
    return { tone: 'bad', icon: 'alert', word: `${counted(stuck, 'event')} can’t be written`, sentence };
  }
  if (health.needs_owner > 0) {
    const word = `${counted(health.needs_owner, 'calendar needs its owner', 'calendars need their owners')}`;
    return { tone: 'warn', icon: 'person', word, sentence: 'Ask them by mail below. Nothing is lost meanwhile.' };
  }
  if (health.queue.due + health.queue.later > 0) {
    return { tone: 'busy', icon: 'refresh', word: 'Changes are on their way', sentence: 'They are being written now.' };
  }
  return { tone: 'good', icon: 'check', word: 'All calendars are up to date', sentence: 'Nothing waits.' };
}

function nameOf({ provider }: Pick<ProviderHealthJson, 'provider'>): string {
  return PROVIDER_NAMES[provider];
}

/** `ends today`, `ends in 12 days`, `has ended`. */
export function endWords(days: number): string {
  if (days < 0) return 'has ended';
  return days === 0 ? 'ends today' : `ends in ${counted(days, 'day')}`;
}

/** The state of a provider as a whole. */
export function providerStatus(health: ProviderHealthJson): Status {
  if (!health.configured) return { tone: 'quiet', icon: 'minus', word: 'Not set up' };
  if (health.paused) return { tone: 'warn', icon: 'pause', word: 'Paused' };
  if (health.credentials.outcome === 'refused') return { tone: 'bad', icon: 'key', word: 'Refuses us' };
  if (health.blocked_until !== null) return { tone: 'warn', icon: 'clock', word: 'Asked us to wait' };
  if (health.queue.stuck > 0) return { tone: 'warn', icon: 'alert', word: 'Some events missing' };
  return { tone: 'good', icon: 'check', word: 'Working' };
}

export const CREDENTIALS: Readonly<Record<ProviderHealthJson['credentials']['outcome'], Status>> = {
  accepted: { tone: 'good', icon: 'check', word: 'Accepted' },
  refused: { tone: 'bad', icon: 'alert', word: 'Refused' },
  unreachable: { tone: 'warn', icon: 'clock', word: 'No answer' },
  not_needed: { tone: 'quiet', icon: 'minus', word: 'None needed' },
  not_configured: { tone: 'quiet', icon: 'minus', word: 'Not set up' },
  unchecked: { tone: 'quiet', icon: 'info', word: 'Not checked yet' },
};

const CONNECTION_WORDS: Readonly<Record<WatchedConnectionJson['status'], Status>> = {
  active: { tone: 'good', icon: 'check', word: 'Connected' },
  degraded: { tone: 'warn', icon: 'clock', word: 'Delayed' },
  reauth_required: { tone: 'bad', icon: 'alert', word: 'Needs its owner' },
  paused: { tone: 'quiet', icon: 'pause', word: 'Paused' },
  disconnecting: { tone: 'quiet', icon: 'refresh', word: 'Disconnecting' },
};

/** The state of somebody's calendar account. */
export function connectionStatus({ status, asks_owner }: WatchedConnectionJson): Status {
  return asks_owner ? { tone: 'warn', icon: 'alert', word: 'Asks its owner' } : CONNECTION_WORDS[status];
}

export const STATES: readonly { value: WatchedConnectionJson['status'] | 'needs_owner'; label: string }[] = [
  { value: 'needs_owner', label: 'Needs its owner' },
  { value: 'degraded', label: 'Delayed' },
  { value: 'paused', label: 'Paused' },
  { value: 'active', label: 'Connected' },
  { value: 'disconnecting', label: 'Disconnecting' },
];

/** How many calendars are in which state, those that none is in left out. */
export function connectionCounts({ connections }: ProviderHealthJson): string {
  const parts = (Object.keys(CONNECTION_WORDS) as WatchedConnectionJson['status'][]).flatMap((status) =>
    connections[status] > 0 ? `${connections[status]} ${CONNECTION_WORDS[status].word.toLowerCase()}` : [],
  );
  return parts.length === 0 ? 'None' : parts.join(', ');
}

/** What became of reminders, in a sentence each. */
export function reminderWords({ reminded, not_reminded: others }: ReminderOutcomeJson): {
  title: string;
  message: string;
} {
  const title = reminded.length === 0 ? 'Nobody was reminded' : `${counted(reminded.length, 'owner')} reminded by mail`;
  const reasons = [...Map.groupBy(others, ({ message }) => message)];
  return { title, message: reasons.map(([message, group]) => `${group.length} not: ${message}`).join(' ') };
}
