import { isTokenRejection, openSession, type Drain } from './drain-context.ts';
import type { CallStep, Step } from './plan.ts';
import { ProviderFailure, type Failure, type Operation, type Outcome, type ProviderCapabilities } from './provider.ts';
import { accountFailure } from './setback.ts';
import { isLockedOut } from './settle.ts';

const LOST: Outcome = { kind: 'failed', failure: { kind: 'unknown_outcome', code: 'no_answer' } };

/** The calls that the budgets of the account and of the app allow now, the most urgent first. */
export async function afford(drain: Drain, steps: readonly Step[]): Promise<Set<CallStep>> {
  const { access, pacing, budget, clock, lease } = drain;
  const { id, provider: name } = lease.connection;
  const { capabilities, limits } = access.provider;
  const room = pacing.room(id, clock.now().getTime());
  const affordable = new Set<CallStep>();
  let cost = 0;
  for (const step of steps) {
    if (step.kind !== 'call') continue;
    const more = cost + callsOf(capabilities, step.operation);
    const backfill = step.link.priority === 1;
    if (more > (backfill ? room.backfill : room.urgent)) {
      drain.waitUntil = pacing.freeAt(id, more, backfill, clock.now().getTime());
      break;
    }
    cost = more;
    affordable.add(step);
  }
  if (cost === 0) return affordable;
  const backfill = [...affordable].every((step) => step.link.priority === 1);
  const waitMs = await budget.take(name, cost, limits, backfill);
  if (waitMs === 0) return affordable;
  drain.waitUntil = new Date(clock.now().getTime() + waitMs);
  return new Set();
}

function callsOf({ cost }: ProviderCapabilities, operation: Operation): number {
  const lookUp = operation.kind === 'create' && operation.repeated === true ? cost.lookUp : 0;
  return cost[operation.kind] + lookUp;
}

export interface CarriedOut {
  /** Those that say something about the account. */
  outcomes: Outcome[];
  byStep: Map<Step, Outcome>;
}

/** Calls go to one calendar at a time: the former one, after a move, and the connection's own. */
export async function carryOutAll(drain: Drain, steps: readonly CallStep[]): Promise<CarriedOut> {
  const byStep = new Map<Step, Outcome>();
  let stop: Failure | null = null;
  for (const moving of [true, false]) {
    const group = steps.filter((step) => step.moving === moving);
    for (const [calendarId, calls] of byCalendar(drain, group)) {
      // What was said of the account in one calendar holds for the next: nothing more is sent.
      const failure: Failure | null = stop;
      const outcomes: Outcome[] = failure
        ? calls.map(() => ({ kind: 'failed', failure }))
        : await carryOut(drain, calendarId, calls);
      for (const [i, step] of calls.entries()) byStep.set(step, outcomes[i] ?? LOST);
      stop ??= accountFailure(outcomes.filter((outcome, i) => !isLeftBehind(calls[i], outcome)));
    }
  }
  const telling = [...byStep].filter(([step, outcome]) => !isLeftBehind(step, outcome));
  return { outcomes: telling.map(([, outcome]) => outcome), byStep };
}

function byCalendar({ lease }: Drain, steps: readonly CallStep[]): Map<string | null, CallStep[]> {
  const groups = new Map<string | null, CallStep[]>();
  for (const step of steps) {
    const calendarId = step.link.formerCalendarId ?? lease.connection.calendarId;
    groups.set(calendarId, [...(groups.get(calendarId) ?? []), step]);
  }
  return groups;
}

function isLeftBehind(step: Step | undefined, outcome: Outcome): boolean {
  return step?.kind === 'call' && step.moving && outcome.kind === 'failed' && isLockedOut(outcome.failure);
}

/** One outcome for each call, in their order; whatever is thrown on the way becomes the outcome of all of them. */
async function carryOut(drain: Drain, calendarId: string | null, steps: readonly CallStep[]): Promise<Outcome[]> {
  const started = drain.clock.now().getTime();
  const operations = steps.map((step) => step.operation);
  const outcomes = await attempt(drain, calendarId, operations).catch((error: unknown) => {
    if (!(error instanceof ProviderFailure)) throw error;
    return operations.map((): Outcome => ({ kind: 'failed', failure: error.failure }));
  });
  const { id, provider } = drain.lease.connection;
  const { capabilities } = drain.access.provider;
  const now = drain.clock.now().getTime();
  const failures = outcomes.filter((outcome) => outcome.kind === 'failed');
  const rateLimited = failures.some(({ failure }) => failure.kind === 'retry_later' && failure.code === 'rate_limited');
  const throttled = failures.filter(({ failure }) => isThrottling(failure)).length;
  const calls = operations.reduce((sum, operation) => sum + callsOf(capabilities, operation), 0);
  drain.pacing.spent(id, calls, rateLimited, capabilities.batchSize, now);
  const counts = { calls: operations.length, failures: failures.length, throttled, tookMs: now - started };
  drain.observe({ kind: 'batch', connectionId: id, provider, ...counts });
  return outcomes;
}

const THROTTLING = new Set([
  'rate_limited',
  'project_rate_limited',
  'token_rate_limited',
  'quota_exceeded',
  'daily_limit',
]);

function isThrottling(failure: Failure): boolean {
  return failure.kind === 'retry_later' && THROTTLING.has(failure.code);
}

async function attempt(drain: Drain, calendarId: string | null, operations: readonly Operation[]): Promise<Outcome[]> {
  const { access, signal } = drain;
  const session = await openSession(drain, calendarId, null);
  const outcomes = await access.provider.apply(session, operations, signal);
  const rejected = operations.filter((_, i) => tokenRejected(outcomes[i]));
  if (rejected.length === 0) return outcomes;
  const renewed = await openSession(drain, calendarId, session.accessToken);
  const retried = await access.provider.apply(renewed, rejected, signal);
  return outcomes.map((outcome) => (tokenRejected(outcome) ? (retried.shift() ?? LOST) : outcome));
}

function tokenRejected(outcome: Outcome | undefined): boolean {
  return outcome?.kind === 'failed' && isTokenRejection(outcome.failure);
}
