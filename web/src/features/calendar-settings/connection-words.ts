import type { ActivityJson, CalendarJson, ConnectionJson } from '../../../../src/api-contract/calendar.ts';
import type { Status } from '../../components/StatusTag.tsx';
import { PROVIDER_NAMES } from '../../lib/providers.ts';
import { formatAgo } from '../../lib/time.ts';

/** The state of a connection in words, picture and colour. */
export function connectionStatus(connection: ConnectionJson): Status {
  switch (connection.status) {
    case 'reauth_required':
      return { tone: 'bad', icon: 'alert', word: 'Needs you' };
    case 'degraded':
      return { tone: 'warn', icon: 'clock', word: 'Delayed' };
    case 'paused':
      return connection.question === null
        ? { tone: 'quiet', icon: 'pause', word: 'Paused' }
        : { tone: 'warn', icon: 'alert', word: 'Asks you' };
    case 'disconnecting':
      return { tone: 'quiet', icon: 'refresh', word: 'Disconnecting' };
    case 'active':
      if (connection.failed > 0) return { tone: 'warn', icon: 'alert', word: 'Some events missing' };
      if (connection.backfill !== null || connection.pending > 0)
        return { tone: 'busy', icon: 'refresh', word: 'Updating' };
      return { tone: 'good', icon: 'check', word: 'Connected' };
  }
}

/** One sentence that explains the state. `enabled`: whether the person keeps their calendars in sync. */
export function connectionSentence(connection: ConnectionJson, enabled: boolean): string {
  const name = PROVIDER_NAMES[connection.provider];
  switch (connection.status) {
    case 'reauth_required':
      return `${name} no longer lets us in, so your calendar does not change at the moment. Nothing is lost: reconnect, and it continues where it stopped.`;
    case 'degraded':
      return `${name} has not taken our changes for a while. We keep trying by ourselves.`;
    case 'paused':
      return connection.question === null
        ? 'The office has paused this calendar. Your events stay as they are until it goes on.'
        : 'We have stopped here and wait for your answer. Nothing is lost meanwhile.';
    case 'disconnecting':
      return 'Your events are being removed and our access is given back. You can leave this page.';
    case 'active':
      return enabled
        ? activeSentence(connection)
        : 'Sync is switched off, so we keep no appointments in this calendar.';
  }
}

function activeSentence({ backfill, pending, failed }: ConnectionJson): string {
  if (backfill !== null) return 'Your upcoming appointments are being added, the soonest first.';
  if (failed > 0) return `${events(failed)} could not be written. Open the appointment to see why and to retry.`;
  if (pending > 0) return `${events(pending)} on the way.`;
  return 'New and changed appointments appear there by themselves.';
}

/** The deletion guard's question with its two answers. */
export function guardWords(question: NonNullable<ConnectionJson['question']>): {
  question: string;
  explanation: string;
  keep: string;
  proceed: string;
} {
  const { kind, count, of } = question;
  const part = `${count} of your ${of} events`;
  if (kind === 'removal') {
    return {
      question: `Did you delete ${part}?`,
      explanation: 'They are no longer in your calendar, and so many at once may be a mistake of a program.',
      keep: 'No, put them back',
      proceed: 'Yes, leave them out',
    };
  }
  return {
    question: `May ${part} be removed?`,
    explanation: 'By our present rules they no longer concern you, though nobody has changed the appointments.',
    keep: 'No, leave them there',
    proceed: 'Yes, remove them',
  };
}

/** How far ahead events are written. */
export function horizonWords({ days, beyond }: ConnectionJson['horizon']): string {
  if (beyond === 0) return `${days} days`;
  const later = beyond === 1 ? 'One later appointment follows' : `${beyond} later appointments follow`;
  return `${days} days. ${later} as the day comes closer.`;
}

/** The strip over the cards: all connections in one sentence. */
export function overallStatus(calendar: CalendarJson, now: Date): Status & { sentence: string } {
  const live = calendar.connections
    .filter((connection) => connection.status !== 'disconnecting')
    .toSorted((a, b) => severity(b) - severity(a));
  const worst = live[0];
  if (worst === undefined) {
    const sentence = 'Connect a calendar, and your appointments appear in it by themselves.';
    return { tone: 'quiet', icon: 'info', word: 'Not connected', sentence };
  }
  if (!calendar.calendar_sync_enabled) {
    const sentence = 'Your calendars are connected, but no appointments are written into them.';
    return { tone: 'quiet', icon: 'pause', word: 'Switched off', sentence };
  }
  const { tone, icon } = connectionStatus(worst);
  return { tone, icon, word: OVERALL_WORDS[tone], sentence: overallSentence(worst, now) };
}

const OVERALL_WORDS: Readonly<Record<Status['tone'], string>> = {
  good: 'Up to date',
  busy: 'Updating',
  warn: 'Please look',
  bad: 'A calendar needs you',
  quiet: 'Paused',
};

function overallSentence(connection: ConnectionJson, now: Date): string {
  const name = PROVIDER_NAMES[connection.provider];
  if (connection.status === 'reauth_required') return `${name} no longer lets us in. Reconnect it below.`;
  if (connection.status !== 'active' || connection.failed > 0) return `${name}: look below for the reason.`;
  if (connection.backfill !== null || connection.pending > 0) return 'Your appointments are on their way.';
  const checked = connection.last_synced_at;
  return checked === null ? 'Your appointments are in your calendar.' : `Last synced ${formatAgo(checked, now)}.`;
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
  const { total, written, hidden } = upcoming;
  const where = named ? PROVIDER_NAMES[provider] : 'your calendar';
  const away =
    hidden === 0
      ? ''
      : ` ${hidden === 1 ? 'One' : `${hidden}`} that you deleted there ${hidden === 1 ? 'stays' : 'stay'} away.`;
  if (total === 0) return `You have no ${hidden > 0 ? 'other ' : ''}upcoming appointments to show in ${where}.${away}`;
  if (written < total)
    return `${written} of ${total} upcoming appointments are in ${where}, the others are on their way.${away}`;
  if (total === 1) return `Your one upcoming appointment is in ${where}.${away}`;
  return `All ${total} upcoming appointments are in ${where}.${away}`;
}

const SEVERITY: readonly Status['tone'][] = ['good', 'busy', 'quiet', 'warn', 'bad'];

function severity(connection: ConnectionJson): number {
  return SEVERITY.indexOf(connectionStatus(connection).tone);
}

function appointments(count: number): string {
  return count === 1 ? 'one appointment' : `${count} appointments`;
}

function events(count: number): string {
  return count === 1 ? 'One event' : `${count} events`;
}

type Change = Pick<ActivityJson, 'kind' | 'count'>;

const CHANGE_WORDS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  event_created: ['An event was added', 'events were added'],
  event_updated: ['An event was updated', 'events were updated'],
  event_removed: ['An event was removed', 'events were removed'],
  event_hidden: ['You deleted an event; it stays away', 'events were deleted by you; they stay away'],
  event_put_back: ['You had changed an event; it was put back', 'events that you had changed were put back'],
  event_left_changed: ['You changed an event again; it stays as you want it', 'events stay as you changed them'],
  event_left_behind: ['An event stayed in your former calendar', 'events stayed in your former calendar'],
  event_failed: ['An event could not be written', 'events could not be written'],
};

const SINGLE_WORDS: Readonly<Record<string, string>> = {
  disconnecting: 'Disconnecting began',
  disconnected: 'Calendar disconnected',
  reauth_required: 'The calendar needs to be reconnected',
  sync_on: 'Sync switched on',
  sync_off: 'Sync switched off',
  guard_asks: 'Many events would disappear: you are asked first',
  guard_answered: 'You answered about the events that would disappear',
  paused: 'The office paused this calendar',
  resumed: 'The office let this calendar go on',
  restored: 'A deleted event was brought back',
  feed_made: 'An address to subscribe to was made',
  feed_rotated: 'An address to subscribe to was replaced',
  feed_revoked: 'An address to subscribe to was revoked',
};

/** One line of the activity. A kind that this page does not know yet is told by its own name, with spaces. */
export function changeWords({ kind, count }: Change): string {
  if (kind === 'connected')
    return count === null || count === 0 ? 'Calendar connected' : `Calendar connected, ${appointments(count)} to add`;
  const words = CHANGE_WORDS[kind];
  if (words !== undefined) return count === null || count <= 1 ? words[0] : `${count} ${words[1]}`;
  const single = SINGLE_WORDS[kind];
  if (single !== undefined) return single;
  const plain = kind.replaceAll(/[_.]/g, ' ');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
