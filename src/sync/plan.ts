import type { ManagedFields, Operation, RemoteEvent } from './provider.ts';

export type LinkState = 'pending' | 'synced' | 'failed' | 'suppressed' | 'removed';

/** What we know of one event: what was acknowledged, and what may have happened since. */
export interface LinkRecord {
  id: number;
  key: string;
  appointmentId: number;
  generation: number;
  state: LinkState;
  /** The `desired` number that this piece of work answers. */
  desired: number;
  /** An earlier call for this link was begun and its outcome never recorded. */
  wasInFlight: boolean;
  event: RemoteEvent | null;
  webLink: string | null;
  appliedHash: string | null;
  appliedShape: string | null;
  suppressedShape: string | null;
  attempts: number;
}

/** The desired side, in the provider's form. */
export type Target = { kind: 'absent' } | { kind: 'present'; fields: ManagedFields; hash: string; shape: string };

/** What to do for one link: an operation, or nothing and the state in which the link then is. */
export type Step =
  | { kind: 'nothing'; link: LinkRecord; state: LinkState }
  | { kind: 'call'; link: LinkRecord; target: Target; operation: Operation };

/** Brings one link from what is known to what is desired. Pure; for an unchanged link it plans nothing. */
export function planLink(link: LinkRecord, target: Target): Step {
  return target.kind === 'absent' ? planAbsent(link, target) : planPresent(link, target);
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
  if (link.event === null) return call(link, target, { kind: 'create', key: keyOf(link), fields });
  if (link.appliedHash === target.hash && !link.wasInFlight) return { kind: 'nothing', link, state: 'synced' };
  return call(link, target, { kind: 'update', key: keyOf(link), event: link.event, fields });
}

function call(link: LinkRecord, target: Target, operation: Operation): Step {
  return { kind: 'call', link, target, operation };
}

function keyOf(link: LinkRecord): { link: string; generation: number } {
  return { link: link.key, generation: link.generation };
}
