import { DAY, HOUR, MINUTE } from '../../base/time.ts';
import { loadProviderSettings, type CheckOutcome, type ProviderSettings } from '../../store/provider-settings.ts';
import { blockedUntil } from '../../store/provider-budgets.ts';
import { sumFigures, type ProviderCounts } from '../../store/sync-figures.ts';
import { countQueue, groupFailing, type FailingGroup, type QueueCounts } from '../../store/sync-queue.ts';
import { countConnections, type StatusCount, type WatchedStatus } from '../../store/watched-connections.ts';
import { percentileMs, type LagCount } from '../../sync/lag.ts';
import type { ProviderName } from '../../sync/provider.ts';
import type { CalendarContext } from '../calendar/context.ts';
import { operatorWords } from './operator-words.ts';

/** The past that figures are of. */
export const WINDOW_MS = HOUR;
/** A new secret takes its time: another person, another console, another deployment. */
const WARN_BEFORE_DAYS = 30;

const NAMES: readonly ProviderName[] = ['google', 'outlook', 'caldav'];

/** How long what people wait for took from being due to being acknowledged; `null`: there was none. */
export interface LagFigures {
  p50Ms: number | null;
  p95Ms: number | null;
  /** How many events these are of. */
  events: number;
}

export type QueueFigures = Omit<QueueCounts, 'provider'>;

export interface ProviderHealth {
  provider: ProviderName;
  configured: boolean;
  paused: boolean;
  switchedAt: Date | null;
  switchedBy: ProviderSettings['switchedBy'];
  /** The provider asked our whole app to wait until then. */
  blockedUntil: Date | null;
  lag: LagFigures;
  done: number;
  failed: number;
  throttled: number;
  queue: QueueFigures;
  connections: Record<WatchedStatus, number>;
  needsOwner: number;
  credentials: CredentialsHealth;
}

export interface CredentialsHealth {
  /** `not_needed`: people give passwords of their own. */
  outcome: CheckOutcome | 'not_needed' | 'not_configured' | 'unchecked';
  message: string;
  /** The code of a refusal, where the provider gave one. */
  refusedAs: string | null;
  checkedAt: Date | null;
  secretExpiresOn: string | null;
  /** Negative once it has ended. */
  secretDaysLeft: number | null;
  secretEndsSoon: boolean;
}

export interface SyncHealth {
  at: Date;
  lag: LagFigures;
  queue: QueueFigures;
  providers: ProviderHealth[];
  failing: (FailingGroup & { message: string })[];
}

/** How the engine is doing, over the last hour and now; for administrators. */
export async function showSync(context: CalendarContext): Promise<SyncHealth> {
  const { clock, database } = context;
  const now = clock.now();
  const since = new Date(Math.floor((now.getTime() - WINDOW_MS) / MINUTE) * MINUTE);
  const { db } = database;
  const [figures, queues, failing, connections, settings, blocks] = await Promise.all([
    sumFigures(db, since),
    countQueue(db, now),
    groupFailing(db),
    countConnections(db),
    loadProviderSettings(db),
    blockedUntil(db, now),
  ]);
  return {
    at: now,
    lag: lagFigures(figures.flatMap((figure) => figure.lags)),
    queue: sumQueues(queues),
    failing: failing.map((group) => ({ ...group, message: operatorWords(group.code) })),
    providers: NAMES.map((provider) => {
      const setting = settings.find((one) => one.provider === provider);
      return {
        provider,
        configured: context.providers.has(provider),
        paused: setting?.paused ?? false,
        switchedAt: setting?.switchedAt ?? null,
        switchedBy: setting?.switchedBy ?? null,
        blockedUntil: blocks.get(provider) ?? null,
        ...countsOf(figures.find((one) => one.provider === provider)),
        queue: sumQueues(queues.filter((one) => one.provider === provider)),
        ...connectionsOf(connections.filter((one) => one.provider === provider)),
        credentials: credentialsHealth(context, provider, setting, now),
      };
    }),
  };
}

function lagFigures(lags: readonly LagCount[]): LagFigures {
  const events = lags.reduce((sum, lag) => sum + lag.events, 0);
  return { p50Ms: percentileMs(lags, 0.5), p95Ms: percentileMs(lags, 0.95), events };
}

function countsOf(figures: ProviderCounts | undefined): Pick<ProviderHealth, 'lag' | 'done' | 'failed' | 'throttled'> {
  const { lags = [], done = 0, failed = 0, throttled = 0 } = figures ?? {};
  return { lag: lagFigures(lags), done, failed, throttled };
}

function sumQueues(queues: readonly QueueCounts[]): QueueFigures {
  const sum = (part: 'due' | 'later' | 'held' | 'stuck'): number =>
    queues.reduce((total, queue) => total + queue[part], 0);
  const [oldestDueAt = null] = queues
    .flatMap((queue) => queue.oldestDueAt ?? [])
    .toSorted((a, b) => a.getTime() - b.getTime());
  return { due: sum('due'), later: sum('later'), held: sum('held'), stuck: sum('stuck'), oldestDueAt };
}

function connectionsOf(counts: readonly StatusCount[]): Pick<ProviderHealth, 'connections' | 'needsOwner'> {
  const of = (status: WatchedStatus): number => counts.find((one) => one.status === status)?.count ?? 0;
  return {
    connections: {
      active: of('active'),
      degraded: of('degraded'),
      reauth_required: of('reauth_required'),
      paused: of('paused'),
      disconnecting: of('disconnecting'),
    },
    needsOwner: counts.reduce((sum, one) => sum + one.needsOwner, 0),
  };
}

const CREDENTIALS_WORDS: Readonly<Record<CredentialsHealth['outcome'], string>> = {
  accepted: 'The provider takes our client id and secret.',
  refused: 'The provider refuses our client id and secret.',
  unreachable: 'The provider could not be asked. Try again later.',
  not_needed: 'Everybody connects with a password of their own.',
  not_configured: 'No client id and secret in the settings.',
  unchecked: 'Not checked yet.',
};

/** What is known of our credentials at a provider. */
export function credentialsHealth(
  { providers }: Pick<CalendarContext, 'providers'>,
  provider: ProviderName,
  setting: ProviderSettings | undefined,
  now: Date,
): CredentialsHealth {
  const access = providers.get(provider);
  const secretExpiresOn = setting?.secretExpiresOn ?? null;
  const secretDaysLeft = secretExpiresOn === null ? null : daysUntil(secretExpiresOn, now);
  const secret = {
    ...{ secretExpiresOn, secretDaysLeft },
    secretEndsSoon: secretDaysLeft !== null && secretDaysLeft <= WARN_BEFORE_DAYS,
  };
  if (!access || !('oauth' in access)) {
    const outcome = access ? 'not_needed' : 'not_configured';
    return { outcome, message: CREDENTIALS_WORDS[outcome], refusedAs: null, checkedAt: null, ...secret };
  }
  const outcome = setting?.checkOutcome ?? 'unchecked';
  const refusedAs = outcome === 'refused' ? (setting?.checkCode ?? null) : null;
  const message = refusedAs === null ? CREDENTIALS_WORDS[outcome] : operatorWords(refusedAs);
  return { outcome, message, refusedAs, checkedAt: setting?.checkedAt ?? null, ...secret };
}

/** Whole days from today until a date, in UTC. */
function daysUntil(date: string, now: Date): number {
  return Math.round((Date.parse(`${date}T00:00:00Z`) - Math.floor(now.getTime() / DAY) * DAY) / DAY);
}
