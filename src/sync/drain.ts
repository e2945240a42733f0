import { SECOND } from '../base/time.ts';
import { afford, carryOutAll, type CarriedOut } from './carry-out.ts';
import {
  giveBack,
  grantsOf,
  LEASE_MS,
  record,
  targetOf,
  type Drain,
  type DrainDeps,
  type Rest,
} from './drain-context.ts';
import { keepUnasked, mayDelete } from './guard.ts';
import { planLink, type CallStep, type Step } from './plan.ts';
import { ProviderFailure, type Failure, type ProviderName } from './provider.ts';
import { isReadingDue, readBack } from './read-back.ts';
import { givenBack, settle, type LinkResult } from './settle.ts';
import { accountFailure, appPause, setbackFor } from './setback.ts';
import type { DueLink, LeasedConnection } from './store.ts';

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
    while (links.length > 0 && !keepsEvents(connection)) {
      const end = await workOn(drain, links, !more);
      if (end === 'rest') return;
      if (end !== null) return setBack(drain, end);
      if (drain.signal.aborted || drain.givenBack) return;
      links = more ? await takeNext(drain) : [];
    }
    if (!isReadingDue(drain)) break;
    const end = await readBack(drain);
    if (end === 'rest') return;
    if (end !== null) return setBack(drain, end);
    links = await takeNext(drain);
    more = true;
  }
  if (connection.status === 'disconnecting' && !drain.signal.aborted && drain.waitUntil === null) await leave(drain);
}

/** Its owner leaves and wants the events to stay as they are. */
function keepsEvents({ status, removeEvents }: LeasedConnection): boolean {
  return status === 'disconnecting' && !removeEvents;
}

async function takeNext(drain: Drain): Promise<DueLink[]> {
  if (drain.waitUntil !== null) return [];
  const { pacing, clock, lease } = drain;
  const now = clock.now();
  return drain.store.takeDue(lease, now, pacing.batchFor(lease.connection.id, now.getTime()));
}

/**
 * Works on a batch of taken links and writes every outcome down. After the last one the account is given back at once, if
 * nothing else is to be done.
 * @returns what stops the whole account, if anything
 */
async function workOn(drain: Drain, links: readonly DueLink[], isLast: boolean): Promise<Failure | Rest | null> {
  const steps = links.map((link) => keepUnasked(drain, planLink(link.record, targetOf(drain, link))));
  if (!(await mayDelete(drain, steps))) {
    await giveBack(drain, links);
    return 'rest';
  }
  const { affordable, outcomes, byStep } = await call(drain, steps);
  const circumstances = { now: drain.clock.now(), random: drain.random };
  const results = steps.map((step) =>
    step.kind === 'call' && !affordable.has(step)
      ? givenBack(step.link)
      : settle(step, byStep.get(step) ?? null, circumstances),
  );
  const failure = accountFailure(outcomes);
  const isAll = isLast && failure === null && drain.lease.connection.status !== 'disconnecting' && !isReadingDue(drain);
  if (!(await record(drain, results, isAll))) return LEASE_LOST;
  tellLags(drain, steps, results);
  const appointmentIds = links.map((link) => link.appointment.id);
  drain.observe({ kind: 'changed', connectionId: drain.lease.connection.id, appointmentIds });
  return failure;
}

/** Backfills are left out: nobody waits for them, and they would hide how long people do. */
function tellLags({ observe, lease, clock }: Drain, steps: readonly Step[], results: readonly LinkResult[]): void {
  const { id: connectionId, provider } = lease.connection;
  const nowMs = clock.now().getTime();
  const lagsMs = steps.flatMap(({ link }, index) =>
    link.priority === 0 && results[index]?.acknowledged ? [Math.max(0, nowMs - link.dueAt.getTime())] : [],
  );
  if (lagsMs.length > 0) observe({ kind: 'recorded', connectionId, provider, lagsMs });
}

/** Waits for its turn, and sends as much as the budgets allow then; nothing more once the worker is stopping. */
async function call(drain: Drain, steps: readonly Step[]): Promise<CarriedOut & { affordable: ReadonlySet<Step> }> {
  const calls = steps.filter((step) => step.kind === 'call');
  if (calls.length === 0) return { affordable: new Set(), outcomes: [], byStep: new Map() };
  const giveBackSlot = await drain.slots.take(calls.some((step) => step.link.priority === 0));
  try {
    const affordable = drain.signal.aborted ? new Set<CallStep>() : await afford(drain, steps);
    return { affordable, ...(await carryOutAll(drain, [...affordable])) };
  } finally {
    giveBackSlot();
  }
}

const LEASE_LOST: Failure = { kind: 'retry_later', code: 'lease_lost', afterMs: 0, scope: 'connection' };

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
