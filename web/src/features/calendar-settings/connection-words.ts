import type { ActivityJson, CalendarJson, ConnectionJson } from '../../../../src/api-contract/calendar.ts';
import type { Status } from '../../components/StatusTag.tsx';
import { PROVIDER_NAMES } from '../../lib/providers.ts';

/** The state of a connection in words, picture and colour. */
export function connectionStatus(connection: ConnectionJson): Status {
  switch (connection.status) {
    case 'reauth_required':
      return { tone: 'bad', icon: 'alert', word: 'Needs you' };
    case 'degraded':
      return { tone: 'warn', icon: 'clock', word: 'Delayed' };
    case 'paused':
      return { tone: 'quiet', icon: 'pause', word: 'Paused' };
    case 'disconnecting':
      return { tone: 'quiet', icon: 'refresh', word: 'Disconnecting' };
    case 'active':
      if (connection.failed > 0) return { tone: 'warn', icon: 'alert', word: 'Some events missing' };
      if (connection.backfill !== null || connection.pending > 0)
        return { tone: 'busy', icon: 'refresh', word: 'Updating' };
      return { tone: 'good', icon: 'check', word: 'Connected' };
  }
}

/** One sentence that explains the state. */
export function connectionSentence(connection: ConnectionJson): string {
  const name = PROVIDER_NAMES[connection.provider];
  switch (connection.status) {
    case 'reauth_required':
      return `${name} no longer lets us in, so your calendar does not change at the moment. Nothing is lost: reconnect, and it continues where it stopped.`;
    case 'degraded':
      return `${name} has not taken our changes for a while. We keep trying by ourselves.`;
    case 'paused':
      return 'The office has paused this calendar. Your events stay as they are until it goes on.';
    case 'disconnecting':
      return 'Your events are being removed and our access is given back. You can leave this page.';
    case 'active':
      return activeSentence(connection);
  }
}

function activeSentence({ backfill, pending, failed }: ConnectionJson): string {
  if (backfill !== null) return 'Your upcoming appointments are being added, the soonest first.';
  if (failed > 0) return `${events(failed)} could not be written. Open the appointment to see why and to retry.`;
  if (pending > 0) return `${events(pending)} on the way.`;
  return 'Everything is up to date.';
}

/** The strip over the cards: all connections in one sentence. */
export function overallStatus(calendar: CalendarJson): Status & { sentence: string } {
  const live = calendar.connections.filter((connection) => connection.status !== 'disconnecting');
  if (live.length === 0) {
    return {
      tone: 'quiet',
      icon: 'info',
      word: 'Not connected',
      sentence: 'Connect a calendar, and your appointments appear in it by themselves.',
    };
  }
  if (!calendar.calendar_sync_enabled) {
    return {
      tone: 'quiet',
      icon: 'pause',
      word: 'Switched off',
      sentence: 'Your calendars are connected, but no appointments are written into them.',
    };
  }
  const worst = live.toSorted((a, b) => severity(b) - severity(a))[0] ?? live[0];
  if (worst === undefined) throw new Error('unreachable: there is a live connection');
  const { tone, icon } = connectionStatus(worst);
  const word = {
    good: 'Up to date',
    busy: 'Updating',
    warn: 'Please look',
    bad: 'A calendar needs you',
    quiet: 'Paused',
  }[tone];
  return { tone, icon, word, sentence: connectionSentence(worst) };
}

const SEVERITY: readonly Status['tone'][] = ['good', 'busy', 'quiet', 'warn', 'bad'];

function severity(connection: ConnectionJson): number {
  return SEVERITY.indexOf(connectionStatus(connection).tone);
}

function events(count: number): string {
  return count === 1 ? 'One event' : `${count} events`;
}

type Change = Pick<ActivityJson, 'kind' | 'count' | 'code'>;

const CHANGE_WORDS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  event_created: ['An event was added', 'events were added'],
  event_updated: ['An event was updated', 'events were updated'],
  event_removed: ['An event was removed', 'events were removed'],
  event_hidden: ['You deleted an event; it stays away', 'events were deleted by you; they stay away'],
  event_failed: ['An event could not be written', 'events could not be written'],
  event_restored: ['An event was brought back', 'events were brought back'],
};

const SINGLE_WORDS: Readonly<Record<string, string>> = {
  connected: 'Calendar connected',
  reconnected: 'Calendar reconnected',
  disconnecting: 'Disconnecting began',
  disconnected: 'Calendar disconnected',
  reauth_required: 'The calendar needs to be reconnected',
  sync_enabled: 'Sync switched on',
  sync_disabled: 'Sync switched off',
  backfill_started: 'Filling the calendar began',
  backfill_finished: 'All upcoming appointments were added',
  sync_requested: 'You asked for a new look at everything',
};

/** One line of the activity. A kind that this page does not know yet is told by its own name, with spaces. */
export function changeWords({ kind, count }: Change): string {
  const words = CHANGE_WORDS[kind];
  if (words !== undefined) return count === null || count <= 1 ? words[0] : `${count} ${words[1]}`;
  const single = SINGLE_WORDS[kind];
  if (single !== undefined) return single;
  const plain = kind.replaceAll(/[_.]/g, ' ');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
