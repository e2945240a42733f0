import type {
  FailingItemJson,
  ProviderHealthJson,
  SyncHealthJson,
  WatchedConnectionJson,
} from '../../../../api-contract/health.ts';
import { MINUTE } from '../../../../base/time.ts';
import type { FailingView } from '../../../../use-cases/health/failing-items.ts';
import {
  WINDOW_MS,
  type LagFigures,
  type ProviderHealth,
  type QueueFigures,
  type SyncHealth,
} from '../../../../use-cases/health/show-sync.ts';
import type { WatchedView } from '../../../../use-cases/health/watched-connection.ts';

/** The health of the engine as the contract spells it. */
export function syncHealthJson(health: SyncHealth): SyncHealthJson {
  const { providers } = health;
  const total = (part: 'done' | 'failed' | 'throttled' | 'needsOwner'): number =>
    providers.reduce((sum, provider) => sum + provider[part], 0);
  return {
    at: health.at.toISOString(),
    window_minutes: WINDOW_MS / MINUTE,
    lag: lagJson(health.lag),
    queue: queueJson(health.queue),
    success_rate: rate(total('done'), total('failed')),
    throttled: total('throttled'),
    needs_owner: total('needsOwner'),
    providers: providers.map(providerJson),
    failing: health.failing.map(({ provider, code, message, count, retried, people }) => ({
      ...{ provider, code, message, count, retried, people },
    })),
  };
}

function providerJson(health: ProviderHealth): ProviderHealthJson {
  const { credentials } = health;
  return {
    provider: health.provider,
    configured: health.configured,
    paused: health.paused,
    switched_at: instant(health.switchedAt),
    switched_by: health.switchedBy,
    blocked_until: instant(health.blockedUntil),
    lag: lagJson(health.lag),
    done: health.done,
    failed: health.failed,
    throttled: health.throttled,
    success_rate: rate(health.done, health.failed),
    queue: queueJson(health.queue),
    connections: health.connections,
    needs_owner: health.needsOwner,
    credentials: {
      outcome: credentials.outcome,
      message: credentials.message,
      refused_as: credentials.refusedAs,
      checked_at: instant(credentials.checkedAt),
      secret_expires_on: credentials.secretExpiresOn,
      secret_days_left: credentials.secretDaysLeft,
      secret_ends_soon: credentials.secretEndsSoon,
    },
  };
}

/** Somebody's calendar account. */
export function watchedJson(view: WatchedView): WatchedConnectionJson {
  return {
    id: view.id,
    user: view.user,
    provider: view.provider,
    account_email: view.accountEmail,
    status: view.status,
    error: view.error,
    needs_owner: view.needsOwner,
    asks_owner: view.asksOwner,
    last_synced_at: instant(view.lastSyncedAt),
    not_before: instant(view.notBefore),
    pending: view.pending,
    failed: view.failed,
    reminded_at: instant(view.remindedAt),
  };
}

/** An event that could not be written. */
export function failingItemJson(item: FailingView): FailingItemJson {
  return {
    id: item.id,
    appointment: { id: item.appointmentId, starts_at: item.startsAt.toISOString(), service: item.serviceName },
    connection_id: item.connectionId,
    user: item.user,
    provider: item.provider,
    account_email: item.accountEmail,
    error: item.error,
    attempts: item.attempts,
    next_attempt_at: instant(item.nextAttemptAt),
  };
}

function lagJson({ p50Ms, p95Ms, events }: LagFigures): SyncHealthJson['lag'] {
  return { p50_ms: p50Ms, p95_ms: p95Ms, events };
}

function queueJson({ due, later, held, stuck, oldestDueAt }: QueueFigures): SyncHealthJson['queue'] {
  return { due, later, held, stuck, oldest_due_at: instant(oldestDueAt) };
}

function rate(done: number, failed: number): number | null {
  return done + failed === 0 ? null : done / (done + failed);
}

function instant(at: Date | null): string | null {
  return at === null ? null : at.toISOString();
}
