import type { ActivityJson, CalendarJson, ConnectionJson } from '../../../../src/api-contract/calendar.ts';
import type { Status } from '../../components/StatusTag.tsx';
import { calendarName } from '../../lib/providers.ts';
import { t } from '../../lib/t.ts';
import { formatAgo } from '../../lib/time.ts';

/** The state of a connection in words, picture and colour. */
export function connectionStatus(connection: ConnectionJson): Status {
  switch (connection.status) {
    case 'reauth_required':
      return { tone: 'bad', icon: 'alert', word: t('calendar.connection.state.reauth_required') };
    case 'degraded':
      return { tone: 'warn', icon: 'clock', word: t('calendar.connection.state.degraded') };
    case 'paused':
      return connection.question === null
        ? { tone: 'quiet', icon: 'pause', word: t('calendar.connection.state.paused') }
        : { tone: 'warn', icon: 'alert', word: t('calendar.connection.state.asks') };
    case 'disconnecting':
      return { tone: 'quiet', icon: 'refresh', word: t('calendar.connection.state.disconnecting') };
    case 'active':
      if (connection.failed > 0) return { tone: 'warn', icon: 'alert', word: t('calendar.connection.state.missing') };
      if (connection.backfill !== null || connection.pending > 0)
        return { tone: 'busy', icon: 'refresh', word: t('calendar.connection.state.updating') };
      return { tone: 'good', icon: 'check', word: t('calendar.connection.state.active') };
  }
}

/** One sentence that explains the state. `enabled`: whether the person keeps their calendars in sync. */
export function connectionSentence(connection: ConnectionJson, enabled: boolean): string {
  const calendar = calendarName(connection.provider);
  switch (connection.status) {
    case 'reauth_required':
      return t('calendar.connection.sentence.reauth_required', { calendar });
    case 'degraded':
      return t('calendar.connection.sentence.degraded', { calendar });
    case 'paused':
      if (connection.question !== null) return t('calendar.connection.sentence.asks');
      if (isPausedByOwner(connection)) return t('calendar.connection.sentence.pausedByOwner');
      return t('calendar.connection.sentence.paused');
    case 'disconnecting':
      return t('calendar.connection.sentence.disconnecting');
    case 'active':
      return enabled ? activeSentence(connection) : t('calendar.connection.sentence.off');
  }
}

/** Whether the reader has paused it; what the office has paused, they can't resume. */
export function isPausedByOwner({ status, error }: ConnectionJson): boolean {
  return status === 'paused' && error?.code === 'paused_by_owner';
}

function activeSentence({ backfill, pending, failed }: ConnectionJson): string {
  if (backfill !== null) return t('calendar.connection.sentence.backfill');
  if (failed > 0) return t('calendar.connection.sentence.failed', { count: failed });
  if (pending > 0) return t('calendar.connection.sentence.pending', { count: pending });
  return t('calendar.connection.sentence.active');
}

/** The deletion guard's question with its two answers. */
export function guardWords(question: NonNullable<ConnectionJson['question']>): {
  question: string;
  explanation: string;
  keep: string;
  proceed: string;
} {
  const { count, of } = question;
  const kind = question.kind === 'removal' ? 'removal' : 'rules';
  return {
    question: t(`calendar.guard.${kind}.question`, { count, of }),
    explanation: t(`calendar.guard.${kind}.explanation`),
    keep: t(`calendar.guard.${kind}.keep`),
    proceed: t(`calendar.guard.${kind}.proceed`),
  };
}

/** How far ahead events are written. */
export function horizonWords({ days, beyond }: ConnectionJson['horizon']): string {
  if (beyond === 0) return t('calendar.connection.horizon', { days });
  return t('calendar.connection.horizonAndLater', { days, beyond });
}

/** The strip over the cards: all connections in one sentence. */
export function overallStatus(calendar: CalendarJson, now: Date): Status & { sentence: string } {
  const live = calendar.connections
    .filter((connection) => connection.status !== 'disconnecting')
    .toSorted((a, b) => severity(b) - severity(a));
  const worst = live[0];
  if (worst === undefined) {
    const sentence = t('calendar.overall.none');
    return { tone: 'quiet', icon: 'info', word: t('calendar.notConnected'), sentence };
  }
  if (!calendar.calendar_sync_enabled) {
    const sentence = t('calendar.overall.offMore');
    return { tone: 'quiet', icon: 'pause', word: t('calendar.overall.off'), sentence };
  }
  const { tone, icon } = connectionStatus(worst);
  return { tone, icon, word: t(`calendar.overall.${tone}`), sentence: overallSentence(worst, now) };
}

function overallSentence(connection: ConnectionJson, now: Date): string {
  const calendar = calendarName(connection.provider);
  if (connection.status === 'reauth_required') return t('calendar.overall.broken', { calendar });
  if (connection.status !== 'active' || connection.failed > 0) return t('calendar.overall.look', { calendar });
  if (connection.backfill !== null || connection.pending > 0) return t('calendar.overall.onTheirWay');
  const checked = connection.last_synced_at;
  return checked === null
    ? t('calendar.overall.there')
    : t('calendar.overall.synced', { ago: formatAgo(checked, now) });
}

/**
 * What the strip of the settings says of the calendars when all is as it should be or on its way, and when something was
 * changed last; `null` where the status itself says more.
 */
export function stripWords(calendar: CalendarJson): { sentence: string; changedAt: string | null } | null {
  const live = calendar.connections.filter(({ status }) => status !== 'disconnecting');
  const fine = live.every(({ status, failed }) => status === 'active' && failed === 0);
  if (live.length === 0 || !fine || !calendar.calendar_sync_enabled) return null;
  const changes = live.flatMap(({ last_change: change }) => (change === null ? [] : [change.at]));
  return { sentence: live.map((one) => upcomingWords(one, live.length > 1)).join(' '), changedAt: latest(changes) };
}

function latest(instants: readonly string[]): string | null {
  return instants.toSorted((a, b) => Date.parse(b) - Date.parse(a))[0] ?? null;
}

/** `All 14 upcoming appointments are in your calendar.` `named`: there are several calendars. */
export function upcomingWords({ upcoming, provider }: ConnectionJson, named: boolean): string {
  const calendar = named ? calendarName(provider) : t('calendar.overall.yourCalendar');
  const sentence = upcomingSentence(upcoming, calendar);
  return upcoming.hidden === 0 ? sentence : `${sentence} ${t('calendar.overall.hidden', { count: upcoming.hidden })}`;
}

function upcomingSentence({ total, written, hidden, more }: ConnectionJson['upcoming'], calendar: string): string {
  if (total === 0)
    return t(hidden > 0 ? 'calendar.overall.upcomingNoOther' : 'calendar.overall.upcomingNone', { calendar });
  if (written < total)
    return t(more ? 'calendar.overall.nextSome' : 'calendar.overall.upcomingSome', { written, total, calendar });
  return t(more ? 'calendar.overall.nextAll' : 'calendar.overall.upcomingAll', { total, calendar });
}

const SEVERITY: readonly Status['tone'][] = ['good', 'busy', 'quiet', 'warn', 'bad'];

function severity(connection: ConnectionJson): number {
  return SEVERITY.indexOf(connectionStatus(connection).tone);
}

type Change = Pick<ActivityJson, 'kind' | 'count'>;

/** Kinds that happen to several events at once. */
const COUNTED = [
  'event_created',
  'event_updated',
  'event_removed',
  'event_hidden',
  'event_put_back',
  'event_left_changed',
  'event_left_behind',
  'event_failed',
] as const;

const SINGLE = [
  'disconnecting',
  'disconnected',
  'reauth_required',
  'sync_on',
  'sync_off',
  'guard_asks',
  'guard_answered',
  'paused',
  'resumed',
  'paused_by_owner',
  'resumed_by_owner',
  'restored',
  'feed_made',
  'feed_rotated',
  'feed_revoked',
] as const;

/** One line of the activity. A kind that this page does not know yet is told by its own name, with spaces. */
export function changeWords({ kind, count }: Change): string {
  if (kind === 'connected') return t('calendar.activity.connected', { count: count ?? 0 });
  const counted = COUNTED.find((each) => each === kind);
  if (counted !== undefined) return t(`calendar.activity.${counted}`, { count: Math.max(count ?? 1, 1) });
  const single = SINGLE.find((each) => each === kind);
  if (single !== undefined) return t(`calendar.activity.${single}`);
  const plain = kind.replaceAll(/[_.]/g, ' ');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
