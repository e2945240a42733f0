import { markNextBatch } from '../store/mark-calendars.ts';
import type { UseCaseContext } from './context.ts';
import { markingNow } from './marking.ts';

type MarkingContext = Pick<UseCaseContext, 'database' | 'clock' | 'settings'>;

/**
 * Marks what a person's change left to be marked, batch after batch, each in a transaction of its own: others get in between.
 * Any number of nodes may do so at once, and any of them may end at any time.
 */
export async function markOn(context: MarkingContext, signal?: AbortSignal): Promise<void> {
  let more = true;
  while (more && signal?.aborted !== true) {
    more = await context.database.transaction((tx) => markNextBatch(tx, markingNow(context)));
  }
}
