import { SECOND, type Clock } from '../base/time.ts';
import { desiredFor, fingerprint, shapeOf, type CompanySetting } from './desired.ts';
import type { ProviderOAuth } from './oauth.ts';
import type { Pacing } from './pacing.ts';
import { planLink, type Step, type Target } from './plan.ts';
import {
  ProviderFailure,
  type CalendarProvider,
  type CalendarSession,
  type Failure,
  type Operation,
  type Outcome,
  type ProviderName,
} from './provider.ts';
import { settle, type LinkResult } from './settle.ts';
import { accountFailure, setbackFor } from './setback.ts';
import type { DueLink, Lease, LeasedConnection, SyncStore } from './store.ts';
import { freshAccessToken } from './tokens.ts';

/** A lease outlives its renewals by far: a slow database must not hand an account to two workers. */
export const LEASE_MS = 30 * SECOND;
const RENEW_EVERY_MS = 8 * SECOND;

/** A provider and its consent, as one. */
export interface ProviderAccess {
  provider: CalendarProvider;
  oauth: ProviderOAuth;
}

export interface DrainDeps {
  store: SyncStore;
  clock: Clock;
  /** A number in [0, 1). */
  random: () => number;
  pacing: Pacing;
  setting: CompanySetting;
  providers: ReadonlyMap<ProviderName, ProviderAccess>;
  /** Told about outcomes, for logs and metrics; never given customers' data. */
  observe: (event: DrainEvent) => void;
}

export type DrainEvent =
  | { kind: 'batch'; connectionId: number; provider: ProviderName; calls: number; failures: number; tookMs: number }
  | { kind: 'setback'; connectionId: number; provider: ProviderName; failure: Failure }
  | { kind: 'lease_lost'; connectionId: number };

/**
 * Brings one account up to date: takes its lease, carries out what is due in batches, and gives it back.
 * @returns when the account wants to be looked at again by itself; `null`: when something changes
 */
export async function drainConnection(
  deps: DrainDeps,
  connectionId: number,
  signal: AbortSignal,
): Promise<Date | null> {
  const claimed = await deps.store.claim({
    connectionId,
    providers: [...deps.providers.keys()],
    now: deps.clock.now(),
    leaseMs: LEASE_MS,
    limit: deps.pacing.batchFor(connectionId, deps.clock.now().getTime()),
  });
  if (!claimed) return null;
  const { lease } = claimed;
  const access = deps.providers.get(lease.connection.provider);
  if (!access) throw new Error(`claimed a connection of a provider that is not set up: ${lease.connection.provider}`);
  const stopRenewing = keepRenewing(deps, lease);
  try {
    await drainHeld({ ...deps, access, lease, signal }, claimed.links);
  } finally {
    stopRenewing();
  }
  return deps.store.release(lease, deps.clock.now());
}

/** What every step of one drain needs. */
interface Drain extends DrainDeps {
  access: ProviderAccess;
  lease: Lease;
  signal: AbortSignal;
}

function keepRenewing(deps: DrainDeps, lease: Lease): () => void {
  const timer = setInterval(() => {
    deps.store
      .renew(lease, LEASE_MS)
      .catch(() => deps.observe({ kind: 'lease_lost', connectionId: lease.connection.id }));
  }, RENEW_EVERY_MS);
  return () => clearInterval(timer);
}

async function drainHeld(drain: Drain, first: readonly DueLink[]): Promise<void> {
  const { connection } = drain.lease;
  let links = first;
  while (links.length > 0 && !keepsEvents(connection)) {
    const failure = await workOn(drain, links);
    if (failure) return setBack(drain, failure);
    if (drain.signal.aborted) return;
    links = await takeNext(drain);
  }
  if (connection.status === 'disconnecting' && !drain.signal.aborted) await leave(drain);
}

/** Its owner leaves and wants the events to stay as they are. */
function keepsEvents({ status, removeEvents }: LeasedConnection): boolean {
  return status === 'disconnecting' && !removeEvents;
}

async function takeNext(drain: Drain): Promise<DueLink[]> {
  const { pacing, clock, lease, signal } = drain;
  const { id } = lease.connection;
  const wait = pacing.waitMs(id, clock.now().getTime());
  if (wait > 0) await clock.sleep(wait, signal);
  if (signal.aborted) return [];
  const now = clock.now();
  return drain.store.takeDue(lease, now, pacing.batchFor(id, now.getTime()));
}

/** Works on a batch of taken links and writes every outcome down. @returns what stops the whole account, if anything */
async function workOn(drain: Drain, links: readonly DueLink[]): Promise<Failure | null> {
  const steps = links.map((link) => planLink(link.record, targetOf(drain, link)));
  const calls = steps.filter((step) => step.kind === 'call');
  const outcomes =
    calls.length === 0
      ? []
      : await carryOut(
          drain,
          calls.map((step) => step.operation),
        );
  const circumstances = { now: drain.clock.now(), random: drain.random };
  const byStep = new Map<Step, Outcome>(calls.map((step, i) => [step, outcomes[i] ?? LOST]));
  const results = steps.map((step) => settle(step, byStep.get(step) ?? null, circumstances));
  const held = await record(drain, results);
  return held ? accountFailure(outcomes) : LEASE_LOST;
}

const LOST: Outcome = { kind: 'failed', failure: { kind: 'unknown_outcome', code: 'no_answer' } };
const LEASE_LOST: Failure = { kind: 'retry_later', code: 'lease_lost', afterMs: 0, scope: 'connection' };

function targetOf(drain: Drain, link: DueLink): Target {
  const { connection } = drain.lease;
  if (connection.status === 'disconnecting') return { kind: 'absent' };
  const desired = desiredFor(link.appointment, connection.owner, drain.setting);
  if (desired.kind === 'absent') return desired;
  const fields = drain.access.provider.normalise(desired.content);
  return { kind: 'present', fields, hash: fingerprint(fields), shape: shapeOf(link.appointment) };
}

/** One outcome for each operation, in their order; whatever is thrown on the way becomes the outcome of all of them. */
async function carryOut(drain: Drain, operations: readonly Operation[]): Promise<Outcome[]> {
  const started = drain.clock.now().getTime();
  const outcomes = await attempt(drain, operations).catch((error: unknown) => {
    if (!(error instanceof ProviderFailure)) throw error;
    return operations.map((): Outcome => ({ kind: 'failed', failure: error.failure }));
  });
  const { id, provider } = drain.lease.connection;
  const now = drain.clock.now().getTime();
  const failures = outcomes.filter((outcome) => outcome.kind === 'failed');
  const throttled = failures.some(({ failure }) => failure.kind === 'retry_later' && failure.code === 'rate_limited');
  drain.pacing.spent(id, operations.length, throttled, drain.access.provider.capabilities.batchSize, now);
  const tookMs = now - started;
  drain.observe({
    kind: 'batch',
    connectionId: id,
    provider,
    calls: operations.length,
    failures: failures.length,
    tookMs,
  });
  return outcomes;
}

async function attempt(drain: Drain, operations: readonly Operation[]): Promise<Outcome[]> {
  const { access, signal } = drain;
  const session = await openSession(drain, null);
  const outcomes = await access.provider.apply(session, operations, signal);
  const rejected = operations.filter((_, i) => tokenRejected(outcomes[i]));
  if (rejected.length === 0) return outcomes;
  const renewed = await openSession(drain, session.accessToken);
  const retried = await access.provider.apply(renewed, rejected, signal);
  return outcomes.map((outcome) => (tokenRejected(outcome) ? (retried.shift() ?? LOST) : outcome));
}

/** 401 on a token that should be good: one refresh decides whether the grant is dead. */
function tokenRejected(outcome: Outcome | undefined): boolean {
  return (
    outcome?.kind === 'failed' &&
    outcome.failure.kind === 'reauth_required' &&
    outcome.failure.code === 'access_token_rejected'
  );
}

async function openSession(drain: Drain, rejected: string | null): Promise<CalendarSession> {
  const { access, lease, signal } = drain;
  const { connection } = lease;
  const accessToken = await freshAccessToken({ ...drain, oauth: access.oauth }, lease, signal, rejected);
  if (connection.calendarId === null) {
    const failure: Failure = { kind: 'gone', what: 'calendar' };
    throw new ProviderFailure(failure);
  }
  return { accessToken, calendarId: connection.calendarId };
}

async function record(drain: Drain, results: readonly LinkResult[]): Promise<boolean> {
  const { store, lease, clock } = drain;
  const held = await store.record(lease, results, clock.now(), LEASE_MS);
  if (!held) drain.observe({ kind: 'lease_lost', connectionId: lease.connection.id });
  if (results.some((result) => result.acknowledged)) lease.connection.attempts = 0;
  return held;
}

async function setBack(drain: Drain, failure: Failure): Promise<void> {
  const { store, lease, clock, random } = drain;
  const { id, provider } = lease.connection;
  drain.observe({ kind: 'setback', connectionId: id, provider, failure });
  const now = clock.now();
  // Whoever is leaving with a dead grant can't be cleaned up any more: let them go.
  if (lease.connection.status === 'disconnecting' && failure.kind === 'reauth_required') {
    return store.finishDisconnect(lease, now);
  }
  // With the calendar, its events are gone too.
  if (lease.connection.status === 'disconnecting' && failure.kind === 'gone') return giveBackGrant(drain);
  await store.setBack(lease, setbackFor(failure, lease.connection.attempts, now, random), now);
}

/** Once the events are gone, or at once when they stay. What has to be tried again is waited for, a day at the most. */
async function leave(drain: Drain): Promise<void> {
  const { store, lease } = drain;
  if (lease.connection.removeEvents && (await store.hasUnfinished(lease))) return;
  await giveBackGrant(drain);
}

/** Takes the grant back and forgets the tokens. */
async function giveBackGrant(drain: Drain): Promise<void> {
  const { access, lease, store, clock, signal } = drain;
  const { refreshToken } = lease.connection;
  try {
    if (refreshToken !== null) await access.oauth.revoke(refreshToken, signal);
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    return setBack(drain, error.failure);
  }
  await store.finishDisconnect(lease, clock.now());
}
