import { afford, carryOutAll, type CarriedOut } from './carry-out.ts';
import { giveBack, record, targetOf, type Drain, type Rest } from './drain-context.ts';
import { isUnaskedDeletion, keepUnasked, mayDelete } from './guard.ts';
import { planLink, type CallStep, type Step } from './plan.ts';
import type { Failure } from './provider.ts';
import { isReadingDue } from './read-back.ts';
import { givenBack, settle, type LinkResult } from './settle.ts';
import { accountFailure } from './setback.ts';
import type { DueLink, LeasedConnection } from './store.ts';

/*
 * Due links are carried out in batches. While the calls of one are under way the next is taken, and while it is written down
 * the next is sent: services that take calls one by one would otherwise stand still in between.
 */

/** A batch that is being written down, and whether the lease was still held. */
interface BeingWritten {
  links: readonly DueLink[];
  held: Promise<boolean>;
}

const LEASE_LOST: Failure = { kind: 'retry_later', code: 'lease_lost', afterMs: 0, scope: 'connection' };

/**
 * Works on taken links, and on what is due after them, until nothing is; every outcome is written down. After the last one
 * the account is given back at once, if nothing else is to be done.
 * @param more whether further links may have been due when these were taken
 * @returns what stops the whole account, if anything
 */
export async function workThrough(
  drain: Drain,
  first: readonly DueLink[],
  more: boolean,
): Promise<Failure | Rest | null> {
  let before: BeingWritten = { links: [], held: Promise.resolve(true) };
  let links = first;
  try {
    while (links.length > 0 && !keepsEvents(drain.lease.connection)) {
      const steps = links.map((link) => keepUnasked(drain, planLink(link.record, targetOf(drain, link))));
      // The guard counts what is left to do.
      if (steps.some(isUnaskedDeletion)) await before.held;
      if (!(await mayDelete(drain, steps))) {
        await giveBack(drain, links);
        return 'rest';
      }
      const underWay = [...before.links, ...links];
      const { next, ...called } = await call(drain, steps, more ? underWay : null);
      if (!(await before.held)) return LEASE_LOST;
      const failure = accountFailure(called.outcomes);
      if (next) more = next.isFull;
      const isLast = failure === null && !more && !next?.links.length;
      const goesOn = failure === null && !drain.signal.aborted && !isLast;
      // Asked before the outcomes are written down, which takes longer.
      const fresh = next && goesOn ? drain.store.refresh(drain.lease) : null;
      before = { links, held: writeDown(drain, steps, called, isLast) };
      // What became of it is asked when the next one has been sent.
      before.held.catch(() => {});
      if (!(await (fresh ?? before.held))) return LEASE_LOST;
      if (!goesOn) {
        if (next?.links.length) await giveBack(drain, next.links);
        return failure;
      }
      links = next ? next.links : await takeNext(drain);
    }
    return (await before.held) ? null : LEASE_LOST;
  } finally {
    await before.held.catch(() => {});
  }
}

/** The next due links of the account, as many as go together. For when none are being worked on. */
export async function takeNext(drain: Drain): Promise<DueLink[]> {
  return (await takeBatch(drain, [])).links;
}

interface NextBatch {
  links: DueLink[];
  /** Further ones may be due. */
  isFull: boolean;
}

/** @param but those that are being worked on */
async function takeBatch(
  { store, pacing, clock, lease, waitUntil }: Drain,
  but: readonly DueLink[],
): Promise<NextBatch> {
  if (waitUntil !== null) return { links: [], isFull: false };
  const now = clock.now();
  const limit = pacing.batchFor(lease.connection.id, now.getTime());
  const ids = but.map(({ record: { id } }) => id);
  const links = await store.takeDue(lease, now, limit, ids);
  return { links, isFull: links.length === limit };
}

/** Its owner leaves and wants the events to stay as they are. */
function keepsEvents({ status, removeEvents }: LeasedConnection): boolean {
  return status === 'disconnecting' && !removeEvents;
}

interface Called extends CarriedOut {
  affordable: ReadonlySet<Step>;
}

/**
 * Waits for its turn, and sends as much as the budgets allow then; nothing more once the worker is stopping.
 * @param underWay what is not to be taken again while the next batch is; `null`: none is taken
 */
async function call(
  drain: Drain,
  steps: readonly Step[],
  underWay: readonly DueLink[] | null,
): Promise<Called & { next: NextBatch | null }> {
  const calls = steps.filter((step) => step.kind === 'call');
  if (calls.length === 0) return { affordable: new Set(), outcomes: [], byStep: new Map(), next: null };
  const giveBackSlot = await drain.slots.take(calls.some((step) => step.link.priority === 0));
  let ahead: Promise<NextBatch> | null = null;
  let carriedOut: Called;
  try {
    const affordable = drain.signal.aborted ? new Set<CallStep>() : await afford(drain, steps);
    if (underWay && affordable.size > 0) ahead = takeBatch(drain, underWay);
    // An error of it must not end the calls: it is met afterwards.
    ahead?.catch(() => {});
    carriedOut = { affordable, ...(await carryOutAll(drain, [...affordable])) };
  } finally {
    giveBackSlot();
  }
  return { ...carriedOut, next: await ahead };
}

/** @returns whether the lease was still held */
async function writeDown(
  drain: Drain,
  steps: readonly Step[],
  { affordable, byStep }: Called,
  isLast: boolean,
): Promise<boolean> {
  const circumstances = { now: drain.clock.now(), random: drain.random };
  const results = steps.map((step) =>
    step.kind === 'call' && !affordable.has(step)
      ? givenBack(step.link)
      : settle(step, byStep.get(step) ?? null, circumstances),
  );
  const isAll = isLast && drain.lease.connection.status !== 'disconnecting' && !isReadingDue(drain);
  if (!(await record(drain, results, isAll))) return false;
  tellLags(drain, steps, results);
  const appointmentIds = steps.map(({ link }) => link.appointmentId);
  drain.observe({ kind: 'changed', connectionId: drain.lease.connection.id, appointmentIds });
  return true;
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
