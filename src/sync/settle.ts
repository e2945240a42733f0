import { MINUTE } from '../base/time.ts';
import { backoffMs } from './backoff.ts';
import type { CallStep, LinkRecord, LinkState, Step } from './plan.ts';
import type { Failure, Outcome } from './provider.ts';

/** From this many failures in a row on, a link is shown as failed. It is tried again all the same. */
const FAILED_AFTER_ATTEMPTS = 5;

/** What is written down about one link after its work was done or failed. */
export interface LinkResult {
  id: number;
  /** The `desired` that this work answered, and the generation it was taken with; a newer one stays dirty. */
  seen: number;
  takenGeneration: number;
  /** Whether `applied` may be set to `seen`. */
  done: boolean;
  state: LinkState;
  generation: number;
  inFlight: boolean;
  recheck: boolean;
  corrections: number;
  formerCalendarId: string | null;
  hiddenRemoteId: string | null;
  remoteId: string | null;
  remoteEtag: string | null;
  webLink: string | null;
  appliedHash: string | null;
  appliedShape: string | null;
  suppressedShape: string | null;
  attempts: number;
  errorCode: string | null;
  /** When to try again; `never` waits for a change or for somebody to press Retry. */
  dueAt: Date | 'never';
  /** An acknowledged write or removal happened. */
  acknowledged: boolean;
  activity: ActivityKind | null;
}

export type ActivityKind =
  | 'event_created'
  | 'event_updated'
  | 'event_removed'
  | 'event_hidden'
  | 'event_failed'
  /** Its owner had changed what is ours; it was put back. */
  | 'event_put_back'
  /** Its owner changed it again after that: it stays as they want it. */
  | 'event_left_changed'
  /** It stayed in the calendar that its owner moved away from. */
  | 'event_left_behind';

/** The circumstances in which outcomes are judged. */
export interface Circumstances {
  now: Date;
  /** A number in [0, 1). */
  random: () => number;
}

/** Turns one outcome into what is to be remembered. Pure: the engine's answer to every kind of failure stands here. */
export function settle(step: Step, outcome: Outcome | null, circumstances: Circumstances): LinkResult {
  const base = givenBack(step.link);
  if (step.kind === 'nothing' || outcome === null) {
    const state = step.kind === 'nothing' ? step.state : base.state;
    return { ...base, done: true, state, inFlight: false, recheck: false, attempts: 0, errorCode: null };
  }
  switch (outcome.kind) {
    case 'written':
    case 'unchanged':
      return shown(base, step, outcome);
    case 'differs':
      return {
        ...shown(base, step, outcome),
        acknowledged: false,
        corrections: base.corrections,
        activity: 'event_left_changed',
      };
    case 'deleted':
      if (isUncertain(step)) return lookAgain(base, circumstances);
      return step.moving ? takenOut(base) : deleted(base, step);
    case 'failed':
      return failed(outcome.begun ? { ...base, inFlight: true } : base, step, outcome.failure, circumstances);
  }
}

/** What hides or shows the event stays as it is meanwhile. */
function lookAgain(base: LinkResult, circumstances: Circumstances): LinkResult {
  return { ...again({ ...base, inFlight: true }, 'looked_up_once', MINUTE, circumstances), state: base.state };
}

/**
 * A create that was never answered may still be on its way, or not be found yet: "nothing there" is believed the second
 * time only.
 */
function isUncertain({ operation, link }: CallStep): boolean {
  return operation.kind === 'delete' && operation.event === null && link.wasInFlight && link.attempts === 0;
}

/**
 * Nothing was sent for a link that had been taken, or nothing that says anything about it: it is due as before. What waits
 * for its account or for a budget keeps the time since which it waits.
 */
export function givenBack(link: LinkRecord): LinkResult {
  return {
    id: link.id,
    seen: link.desired,
    takenGeneration: link.generation,
    done: false,
    state: link.state,
    generation: link.generation,
    inFlight: link.wasInFlight,
    recheck: link.recheck,
    corrections: link.corrections,
    formerCalendarId: link.formerCalendarId,
    hiddenRemoteId: link.hiddenRemoteId,
    remoteId: link.event?.remoteId ?? null,
    remoteEtag: link.event?.etag ?? null,
    webLink: link.webLink,
    appliedHash: link.appliedHash,
    appliedShape: link.appliedShape,
    suppressedShape: link.suppressedShape,
    attempts: link.attempts,
    errorCode: null,
    dueAt: link.dueAt,
    acknowledged: false,
    activity: null,
  };
}

function shown(
  base: LinkResult,
  step: CallStep,
  outcome: Extract<Outcome, { kind: 'written' | 'unchanged' | 'differs' }>,
): LinkResult {
  const target = step.target.kind === 'present' ? step.target : null;
  return {
    ...base,
    done: true,
    state: 'synced',
    inFlight: false,
    recheck: false,
    corrections: isPutBack(step, outcome) ? base.corrections + 1 : keptCorrections(step),
    hiddenRemoteId: null,
    remoteId: outcome.event.remoteId,
    remoteEtag: outcome.event.etag,
    webLink: outcome.webLink ?? base.webLink,
    appliedHash: target?.hash ?? null,
    appliedShape: target?.shape ?? null,
    suppressedShape: null,
    attempts: 0,
    acknowledged: true,
    activity: activityOf(step, outcome),
  };
}

/** What was found as we want it is told only when an earlier call of ours, never answered, may have put it there. */
function activityOf(step: CallStep, outcome: Outcome): ActivityKind | null {
  if (step.operation.kind === 'create') return 'event_created';
  if (isPutBack(step, outcome)) return 'event_put_back';
  return outcome.kind === 'written' || step.link.wasInFlight ? 'event_updated' : null;
}

/** Nothing of ours had changed, and yet there was something to write: its owner's change was undone. */
function isPutBack({ link, target }: CallStep, { kind }: Outcome): boolean {
  if (kind !== 'written' || !link.recheck || link.wasInFlight || target.kind !== 'present') return false;
  return link.appliedHash === target.hash;
}

/** Counted for one content; with another one the owner has not argued yet. */
function keptCorrections({ link, target }: CallStep): number {
  return target.kind === 'present' && link.appliedHash === target.hash ? link.corrections : 0;
}

/** The old calendar is rid of it: what is desired is made anew in the new one. */
function takenOut(base: LinkResult): LinkResult {
  return { ...withoutEvent(base), formerCalendarId: null, state: 'pending', generation: base.generation + 1 };
}

/** The next event of this link, if there is ever one, gets a new generation: providers keep tombstones of the old id. */
function deleted(base: LinkResult, { link, target }: CallStep): LinkResult {
  const hidden = target.kind === 'present';
  return {
    ...withoutEvent(base),
    done: true,
    state: hidden ? 'suppressed' : 'removed',
    suppressedShape: hidden ? link.suppressedShape : null,
    recheck: false,
    generation: link.generation + 1,
    attempts: 0,
    acknowledged: true,
    activity: link.event === null ? null : 'event_removed',
  };
}

function withoutEvent(base: LinkResult): LinkResult {
  return {
    ...base,
    ...{ inFlight: false, remoteId: null, remoteEtag: null, webLink: null },
    ...{ appliedHash: null, appliedShape: null, suppressedShape: null, recheck: false, corrections: 0 },
  };
}

/**
 * A rejected call changed nothing at the provider; whether an *earlier* call is still unresolved (`inFlight`) stays as it
 * was, so the event is looked up when it is tried again.
 */
function failed(base: LinkResult, step: CallStep, failure: Failure, circumstances: Circumstances): LinkResult {
  if (step.moving && isLockedOut(failure)) return { ...takenOut(base), activity: 'event_left_behind' };
  switch (failure.kind) {
    case 'gone':
      return failure.what === 'event' ? hidden(base, step) : { ...base, errorCode: 'calendar_gone' };
    case 'conflict':
      return again({ ...withoutEvent(base), generation: base.generation + 1 }, failure.code, null, circumstances);
    case 'refused':
      return { ...settledFailure(base, failure.code), dueAt: 'never' };
    case 'unknown_outcome':
      return again({ ...base, inFlight: true }, failure.code, null, circumstances);
    case 'retry_later':
      if (failure.scope === 'link') return again(base, failure.code, failure.afterMs, circumstances);
      return { ...base, errorCode: failure.code };
    case 'reauth_required':
    case 'operator_error':
      // The account or our app is at fault, not this event: it stays due and waits for the connection.
      return { ...base, errorCode: failure.code };
  }
}

/** The new grant does not reach the old calendar: its owner was told so, and the events there stay. */
export function isLockedOut(failure: Failure): boolean {
  return (
    failure.kind === 'reauth_required' && (failure.code === 'scope_missing' || failure.code === 'access_forbidden')
  );
}

/**
 * The owner deleted the event. It stays away, unless the appointment has moved, or changed place or status, since; and
 * unless an earlier call of ours was never resolved: that may have been the one that deleted it.
 */
function hidden(base: LinkResult, step: CallStep): LinkResult {
  const bare = { ...withoutEvent(base), generation: base.generation + 1 };
  if (step.target.kind === 'absent') return { ...bare, done: true, state: 'removed', attempts: 0 };
  const moved = base.appliedShape !== null && base.appliedShape !== step.target.shape;
  if (moved || step.link.wasInFlight) return bare;
  return {
    ...bare,
    done: true,
    state: 'suppressed',
    suppressedShape: step.target.shape,
    hiddenRemoteId: base.remoteId,
    attempts: 0,
    activity: 'event_hidden',
  };
}

function again(base: LinkResult, code: string, afterMs: number | null, { now, random }: Circumstances): LinkResult {
  const attempts = base.attempts + 1;
  const dueAt = new Date(now.getTime() + backoffMs(base.attempts, afterMs, random));
  if (attempts < FAILED_AFTER_ATTEMPTS) return { ...base, state: 'pending', attempts, errorCode: code, dueAt };
  return { ...settledFailure(base, code), dueAt };
}

function settledFailure(base: LinkResult, code: string): LinkResult {
  const activity = base.state === 'failed' ? null : 'event_failed';
  return { ...base, state: 'failed', errorCode: code, attempts: base.attempts + 1, activity };
}
