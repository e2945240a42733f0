import type { ManagedFields, Operation, RemoteEvent } from './provider.ts';

export type LinkState = 'pending' | 'synced' | 'failed' | 'suppressed' | 'removed';

/** What we know of one event: what was acknowledged, and what may have happened since. */
export interface LinkRecord {
  id: number;
  key: string;
  appointmentId: number;
  generation: number;
  state: LinkState;
  /** 0 for what a person waits for, 1 for backfills and sweeping changes. */
  priority: 0 | 1;
  /** Since when it has been due. */
  dueAt: Date;
  /** The `desired` number that this piece of work answers. */
  desired: number;
  /** An earlier call for this link was begun and its outcome never recorded. */
  wasInFlight: boolean;
  /** Its owner may have changed or deleted the event: it is looked at even if nothing of ours has changed. */
  recheck: boolean;
  /** A person asked for this change; see `guard.ts`. */
  asked: boolean;
  /** How often the present content was put back after its owner had changed it. */
  corrections: number;
  event: RemoteEvent | null;
  /** The calendar that the event is in, when that is not the connection's any more. */
  formerCalendarId: string | null;
  /** The event that its owner deleted. */
  hiddenRemoteId: string | null;
  webLink: string | null;
  appliedHash: string | null;
  appliedShape: string | null;
  suppressedShape: string | null;
  attempts: number;
}

/** The desired side, in the provider's form. */
export type Target = { kind: 'absent' } | { kind: 'present'; fields: ManagedFields; hash: string; shape: string };

/** What to do for one link: an operation, or nothing and the state in which the link then is. */
export type Step = { kind: 'nothing'; link: LinkRecord; state: LinkState } | CallStep;

/** `moving`: the operation empties the former calendar; what is desired follows in the new one. */
export interface CallStep {
  kind: 'call';
  link: LinkRecord;
  target: Target;
  operation: Operation;
  moving: boolean;
}

/** Put back once, then their owner's wish is respected: two programs that correct each other would never end. */
const MOST_CORRECTIONS = 1;

/** Brings one link from what is known to what is desired. Pure; for an unchanged link it plans nothing. */
export function planLink(link: LinkRecord, target: Target): Step {
  if (link.formerCalendarId !== null) return planMove(link, target);
  return target.kind === 'absent' ? planAbsent(link, target) : planPresent(link, target);
}

/** Out of the old calendar first, so that nobody sees the same appointment twice. */
function planMove(link: LinkRecord, target: Target): Step {
  return { ...call(link, target, { kind: 'delete', key: keyOf(link), event: link.event }), moving: true };
}

function planAbsent(link: LinkRecord, target: Target): Step {
  if (link.event === null && !link.wasInFlight) return { kind: 'nothing', link, state: 'removed' };
  return call(link, target, { kind: 'delete', key: keyOf(link), event: link.event });
}

function planPresent(link: LinkRecord, target: Extract<Target, { kind: 'present' }>): Step {
  const { fields } = target;
  if (link.state === 'suppressed' && link.suppressedShape === target.shape) {
    if (!link.wasInFlight) return { kind: 'nothing', link, state: 'suppressed' };
    // A call that was never resolved may have brought it back, when the appointment was elsewhere for a while.
    return call(link, target, { kind: 'delete', key: keyOf(link), event: link.event });
  }
  if (link.event === null) {
    return call(link, target, { kind: 'create', key: keyOf(link), fields, repeated: link.wasInFlight });
  }
  const same = link.appliedHash === target.hash;
  if (same && !link.wasInFlight && !link.recheck) return { kind: 'nothing', link, state: 'synced' };
  const leave = same && !link.wasInFlight && link.corrections >= MOST_CORRECTIONS;
  return call(link, target, { kind: leave ? 'check' : 'update', key: keyOf(link), event: link.event, fields });
}

function call(link: LinkRecord, target: Target, operation: Operation): CallStep {
  return { kind: 'call', link, target, operation, moving: false };
}

function keyOf(link: LinkRecord): { link: string; generation: number } {
  return { link: link.key, generation: link.generation };
}
