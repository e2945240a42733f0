import type {
  ProviderHealthJson,
  ReminderOutcomeJson,
  SyncHealthJson,
  WatchedConnectionJson,
} from '../../../../src/api-contract/health.ts';
import type { Status } from '../../components/StatusTag.tsx';
import { calendarName, calendarNames } from '../../lib/providers.ts';
import { locale, ofServer, t } from '../../lib/t.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** `0.4 s`, `12 s`, `3 min`, `2 h`. */
export function durationWords(ms: number): string {
  if (ms < 10 * SECOND_MS) return t('health.seconds', { seconds: withTenths(ms / SECOND_MS, 1) });
  if (ms < 2 * MINUTE_MS) return t('health.seconds', { seconds: String(Math.round(ms / SECOND_MS)) });
  if (ms < 2 * HOUR_MS) return t('health.minutes', { minutes: String(Math.round(ms / MINUTE_MS)) });
  return t('health.hours', { hours: String(Math.round(ms / HOUR_MS)) });
}

/** `99.2 %`; never rounded up to all. */
export function rateWords(rate: number): string {
  return t('health.rate', { rate: withTenths(Math.floor(rate * 1000) / 10, 0) });
}

function withTenths(value: number, least: 0 | 1): string {
  return value.toLocaleString(locale(), { minimumFractionDigits: least, maximumFractionDigits: 1 });
}

/** What is known of our credentials at a provider, and why it refuses them. */
export function credentialsWords({ outcome, refused_as: code, message }: ProviderHealthJson['credentials']): string {
  if (code !== null) return ofServer('operator', { code, message });
  return ofServer('credentials', { code: outcome, message });
}

/** The strip over the page: the worst that is so, or that all is well. */
export function overallStatus(health: SyncHealthJson): Status & { sentence: string } {
  const paused = health.providers.filter((provider) => provider.paused).map(({ provider }) => provider);
  if (paused.length > 0) {
    const word = t('health.overall.paused', { calendars: calendarNames(paused) });
    return { tone: 'warn', icon: 'pause', word, sentence: t('health.overall.pausedMore') };
  }
  const refused = health.providers.find(({ credentials }) => credentials.outcome === 'refused');
  if (refused) {
    const word = t('health.overall.refused', { calendar: nameOf(refused) });
    return { tone: 'bad', icon: 'key', word, sentence: credentialsWords(refused.credentials) };
  }
  const ending = health.providers.find(({ credentials }) => credentials.secret_ends_soon);
  if (ending) return { tone: 'warn', icon: 'key', word: secretWords(ending), sentence: t('health.overall.secretNext') };
  const stuck = health.queue.stuck;
  if (stuck > 0) {
    const word = t('health.overall.stuck', { count: stuck });
    return { tone: 'bad', icon: 'alert', word, sentence: t('health.overall.stuckMore') };
  }
  if (health.needs_owner > 0) {
    const word = t('health.overall.needsOwner', { count: health.needs_owner });
    return { tone: 'warn', icon: 'person', word, sentence: t('health.overall.needsOwnerNext') };
  }
  if (health.queue.due + health.queue.later > 0) {
    return { tone: 'busy', icon: 'refresh', word: t('health.overall.busy'), sentence: t('health.overall.busyMore') };
  }
  return { tone: 'good', icon: 'check', word: t('health.overall.good'), sentence: t('health.overall.goodMore') };
}

function secretWords(provider: ProviderHealthJson): string {
  const days = provider.credentials.secret_days_left ?? 0;
  const calendar = nameOf(provider);
  return days < 0 ? t('health.overall.secretEnded', { calendar }) : t('health.overall.secretEnds', { calendar, days });
}

function nameOf({ provider }: Pick<ProviderHealthJson, 'provider'>): string {
  return calendarName(provider);
}

/** When a secret ends: `It ends in 12 days.` */
export function endWords(days: number): string {
  return days < 0 ? t('health.provider.secretHasEnded') : t('health.provider.secretEnds', { days });
}

/** The same for a tag: `Secret ends in 12 days`. */
export function endTag(days: number): string {
  return days < 0 ? t('health.provider.secretTagEnded') : t('health.provider.secretTag', { days });
}

/** The state of a provider as a whole. */
export function providerStatus(health: ProviderHealthJson): Status {
  if (!health.configured) return { tone: 'quiet', icon: 'minus', word: t('health.provider.notSetUp') };
  if (health.paused) return { tone: 'warn', icon: 'pause', word: t('health.provider.paused') };
  if (health.credentials.outcome === 'refused') {
    return { tone: 'bad', icon: 'key', word: t('health.provider.refused') };
  }
  if (health.blocked_until !== null) return { tone: 'warn', icon: 'clock', word: t('health.provider.blocked') };
  if (health.queue.stuck > 0) return { tone: 'warn', icon: 'alert', word: t('health.provider.stuck') };
  return { tone: 'good', icon: 'check', word: t('health.provider.good') };
}

type Credentials = ProviderHealthJson['credentials'];

const CREDENTIALS_LOOKS: Readonly<Record<Credentials['outcome'], Omit<Status, 'word'>>> = {
  accepted: { tone: 'good', icon: 'check' },
  refused: { tone: 'bad', icon: 'alert' },
  unreachable: { tone: 'warn', icon: 'clock' },
  not_needed: { tone: 'quiet', icon: 'minus' },
  not_configured: { tone: 'quiet', icon: 'minus' },
  unchecked: { tone: 'quiet', icon: 'info' },
};

/** What is known of our credentials. */
export function credentialsStatus({ outcome }: Pick<Credentials, 'outcome'>): Status {
  return { ...CREDENTIALS_LOOKS[outcome], word: t(`health.credentials.${outcome}`) };
}

const CONNECTION_LOOKS: Readonly<Record<WatchedConnectionJson['status'], Omit<Status, 'word'>>> = {
  active: { tone: 'good', icon: 'check' },
  degraded: { tone: 'warn', icon: 'clock' },
  reauth_required: { tone: 'bad', icon: 'alert' },
  paused: { tone: 'quiet', icon: 'pause' },
  disconnecting: { tone: 'quiet', icon: 'refresh' },
};

/** The state of somebody's calendar account. */
export function connectionStatus({ status, asks_owner: asks }: WatchedConnectionJson): Status {
  return asks
    ? { tone: 'warn', icon: 'alert', word: t('health.connection.asks') }
    : { ...CONNECTION_LOOKS[status], word: t(`health.connection.${status}`) };
}

/** By what the list can be narrowed down, the most pressing first. */
export const STATES = ['needs_owner', 'degraded', 'paused', 'active', 'disconnecting'] as const satisfies readonly (
  | WatchedConnectionJson['status']
  | 'needs_owner'
)[];

/** How many calendars are in which state, those that none is in left out. */
export function connectionCounts({ connections }: ProviderHealthJson): string {
  const parts = (Object.keys(CONNECTION_LOOKS) as WatchedConnectionJson['status'][]).flatMap((status) =>
    connections[status] > 0 ? t(`health.connection.count.${status}`, { count: connections[status] }) : [],
  );
  return parts.length === 0 ? t('health.connection.none') : parts.join(', ');
}

/** What became of reminders, in a sentence each. `isMailed`: a mail server is set up. */
export function reminderWords(
  { reminded, not_reminded: others }: ReminderOutcomeJson,
  isMailed: boolean,
): { title: string; message: string } {
  const title =
    reminded.length === 0
      ? t('health.connections.nobodyReminded')
      : t(isMailed ? 'health.connections.ownersReminded' : 'health.connections.remindersKept', {
          count: reminded.length,
        });
  const reasons = [...Map.groupBy(others, ({ reason, message }) => ofServer('reminder', { code: reason, message }))];
  const sentences = reasons.map(([reason, group]) =>
    t('health.connections.notReminded', { count: group.length, reason }),
  );
  if (!isMailed && reminded.length > 0) sentences.unshift(t('health.connections.noMailServer'));
  return { title, message: sentences.join(' ') };
}
