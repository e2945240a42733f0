import { SECOND } from '../base/time.ts';
import { takeNext, workThrough } from './batches.ts';
import { grantsOf, LEASE_MS, type Drain, type DrainDeps } from './drain-context.ts';
import { ProviderFailure, type Failure, type ProviderName } from './provider.ts';
import { isReadingDue, readBack } from './read-back.ts';
import { appPause, setbackFor } from './setback.ts';
import type { DueLink } from './store.ts';

const RENEW_EVERY_MS = 8 * SECOND;

/**
 * Brings one account up to date: takes its lease, carries out what is due in batches, reads back what its owner changed,
 * and gives it back.
 * @returns when the account wants to be looked at again by itself; `null`: when something changes
 */
export async function drainConnection(
  deps: DrainDeps,
  connectionId: number,
  signal: AbortSignal,
): Promise<LookAgain | null> {
  const nowMs = deps.clock.now().getTime();
  const exhaustedUntil = deps.pacing.freeAt(connectionId, 1, false, nowMs);
  if (exhaustedUntil !== null) return { at: exhaustedUntil, held: true };
  const limit = deps.pacing.batchFor(connectionId, nowMs);
  const claimed = await deps.store.claim({
    connectionId,
    providers: callable(deps),
    now: deps.clock.now(),
    leaseMs: LEASE_MS,
    limit,
  });
  if (!claimed) return null;
  const { lease } = claimed;
  const access = deps.providers.get(lease.connection.provider);
  if (!access) throw new Error(`claimed a connection of a provider that is not set up: ${lease.connection.provider}`);
  deps.pacing.adopt(connectionId, access.provider.limits.accountPerMinute, lease.connection.spent, nowMs);
  const drain: Drain = { ...deps, access, lease, signal, waitUntil: null, givenBack: null, deletionsAllowed: false };
  const passedOver = claimed.links.length === 0 && lease.connection.status !== 'disconnecting' && !isReadingDue(drain);
  const stopRenewing = keepRenewing(deps, lease);
  try {
    await drainHeld(drain, claimed.links, claimed.links.length === limit);
  } catch (error) {
    await giveUp(deps, lease);
    throw error;
  } finally {
    stopRenewing();
  }
  const { again } = drain.givenBack ?? { again: await release(deps, lease) };
  if (again === null) return null;
  const inAMoment = passedOver ? new Date(deps.clock.now().getTime() + PASSED_OVER_MS) : null;
  const notBefore = drain.waitUntil ?? inAMoment;
  if (notBefore === null || notBefore <= again) return { at: again, held: false };
  return { at: notBefore, held: true };
}

/** When an account is looked at again. `held`: it has work now that has to wait, for a budget as a rule. */
export interface LookAgain {
  at: Date;
  held: boolean;
}

/** Somebody is changing all that is due: the change wakes us when it commits, and this is for the case that it doesn't. */
const PASSED_OVER_MS = SECOND / 4;

function release({ store, clock, pacing }: DrainDeps, lease: Drain['lease']): Promise<Date | null> {
  const now = clock.now();
  return store.release(lease, pacing.spentLately(lease.connection.id, now.getTime()), now);
}

/** After an error of ours or of the database: nobody should wait for the lease to run out. */
async function giveUp(deps: DrainDeps, lease: Drain['lease']): Promise<void> {
  await release(deps, lease).catch(() => deps.observe({ kind: 'lease_lost', connectionId: lease.connection.id }));
}

/** The providers that may be called now, as far as this node knows. */
export function callable({ providers, budget }: Pick<DrainDeps, 'providers' | 'budget'>): ProviderName[] {
  return [...providers.keys()].filter((name) => !budget.isBlocked(name));
}

function keepRenewing(deps: DrainDeps, lease: Drain['lease']): () => void {
  const renew = async (): Promise<void> => {
    const held = await deps.store.renew(lease, LEASE_MS).catch(() => false);
    if (!held) deps.observe({ kind: 'lease_lost', connectionId: lease.connection.id });
  };
  const timer = setInterval(() => void renew(), RENEW_EVERY_MS);
  return () => clearInterval(timer);
}

/** `more`: further links may have been due when the first were taken; what comes later is seen when the account is given back. */
async function drainHeld(drain: Drain, first: readonly DueLink[], more: boolean): Promise<void> {
  const { connection } = drain.lease;
  let links = first;
  for (;;) {
    const worked = await workThrough(drain, links, more);
    if (worked === 'rest') return;
    if (worked !== null) return setBack(drain, worked);
    if (drain.signal.aborted || drain.givenBack) return;
    if (!isReadingDue(drain)) break;
    const end = await readBack(drain);
    if (end === 'rest') return;
    if (end !== null) return setBack(drain, end);
    links = await takeNext(drain);
    more = true;
  }
  if (connection.status === 'disconnecting' && !drain.signal.aborted && drain.waitUntil === null) await leave(drain);
}

async function setBack(drain: Drain, failure: Failure): Promise<void> {
  const { store, lease, clock, random } = drain;
  const { id, provider } = lease.connection;
  drain.observe({ kind: 'setback', connectionId: id, provider, failure });
  const pause = appPause(failure);
  if (pause) await drain.budget.block(provider, pause.afterMs);
  const now = clock.now();
  // Whoever is leaving with a dead grant can't be cleaned up any more: let them go.
  if (lease.connection.status === 'disconnecting' && failure.kind === 'reauth_required') return finish(drain);
  // With the calendar, its events are gone too.
  if (lease.connection.status === 'disconnecting' && failure.kind === 'gone') return giveBackGrant(drain);
  await store.setBack(lease, setbackFor(failure, lease.connection.attempts, now, random), now);
  drain.observe({ kind: 'changed', connectionId: id, appointmentIds: null });
}

/** Once the events are gone, or at once when they stay. What has to be tried again is waited for, a day at the most. */
async function leave(drain: Drain): Promise<void> {
  const { store, lease } = drain;
  if (lease.connection.removeEvents && (await store.hasUnfinished(lease))) return;
  await giveBackGrant(drain);
}

/** Takes the grant back and forgets the tokens. */
async function giveBackGrant(drain: Drain): Promise<void> {
  const { access, lease, signal } = drain;
  const { refreshToken } = lease.connection;
  try {
    if (refreshToken !== null) await grantsOf(access).revoke(refreshToken, signal);
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    return setBack(drain, error.failure);
  }
  await finish(drain);
}

async function finish({ store, lease, clock, observe }: Drain): Promise<void> {
  await store.finishDisconnect(lease, clock.now());
  observe({ kind: 'changed', connectionId: lease.connection.id, appointmentIds: null });
}
