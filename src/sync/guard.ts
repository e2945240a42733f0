import { DAY } from '../base/time.ts';
import { targetOf, type Drain } from './drain-context.ts';
import { planLink, type Step } from './plan.ts';

/*
 * A plan that would empty a calendar is more often a mistake than a wish. What people did themselves (cancelled a series,
 * reassigned, switched sync off) is carried out; when nobody asked for it, the owner is asked first.
 */

/** Up to this many are never surprising. */
const SMALL_NUMBER = 10;
/** Up to this part of the calendar neither. */
const SMALL_PART = 0.2;

/** Whether so many deletions out of so many events need a person's word. */
export function isSurprising(deletions: number, events: number): boolean {
  return deletions > SMALL_NUMBER && deletions > events * SMALL_PART;
}

/** What its owner wants to keep stays as it is, until somebody asks for a change of it. */
export function keepUnasked({ lease }: Drain, step: Step): Step {
  if (!lease.connection.keepUnasked || !isUnaskedDeletion(step)) return step;
  return { kind: 'nothing', link: step.link, state: step.link.state };
}

/** Whether these steps may go ahead; otherwise the owner is being asked. What people asked for always may. */
export async function mayDelete(drain: Drain, steps: readonly Step[]): Promise<boolean> {
  if (drain.deletionsAllowed || !steps.some((step) => isUnaskedDeletion(step))) return true;
  const { store, lease, clock } = drain;
  const count = await countUnaskedDeletions(drain, steps);
  const of = await store.countEvents(lease, new Date(clock.now().getTime() - DAY));
  if (!isSurprising(count, of)) {
    drain.deletionsAllowed = true;
    return true;
  }
  await store.ask(lease, { kind: 'deletion', count, of }, clock.now());
  const { id: connectionId, provider } = lease.connection;
  drain.observe({ kind: 'asked', connectionId, provider, question: 'deletion' });
  return false;
}

/** An event that should disappear without anybody having asked for it. */
export function isUnaskedDeletion(step: Step): boolean {
  return step.kind === 'call' && step.operation.kind === 'delete' && !step.moving && !step.link.asked;
}

const PEEK_AT_ONCE = 500;

/** Of the whole plan, not only of the batch at hand. */
async function countUnaskedDeletions(drain: Drain, taken: readonly Step[]): Promise<number> {
  const { store, lease } = drain;
  const ids = new Set(taken.map(({ link }) => link.id));
  let count = taken.filter(isUnaskedDeletion).length;
  let afterId = 0;
  for (;;) {
    const links = await store.peekUnasked(lease, afterId, PEEK_AT_ONCE);
    const others = links.filter(({ record: { id } }) => !ids.has(id));
    count += others.filter((link) => isUnaskedDeletion(planLink(link.record, targetOf(drain, link)))).length;
    const last = links.at(-1);
    if (!last || links.length < PEEK_AT_ONCE) return count;
    afterId = last.record.id;
  }
}
