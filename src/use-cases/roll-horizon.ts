import { beginningAt, markNewlyWithinHorizon, type Place } from '../store/mark-links.ts';
import type { UseCaseContext } from './context.ts';
import { markingNow } from './marking.ts';

/**
 * Fills calendars with what has come within the horizon, batch after batch, each in a transaction of its own. Broken off in
 * the middle, it begins anew: what has its links costs next to nothing.
 */
export async function rollHorizon(
  context: Pick<UseCaseContext, 'database' | 'clock' | 'settings'>,
  signal?: AbortSignal,
): Promise<void> {
  let place: Place | null = beginningAt(context.clock.now());
  while (place !== null && signal?.aborted !== true) {
    const after: Place = place;
    place = await context.database.transaction((tx) => markNewlyWithinHorizon(tx, after, markingNow(context, 1)));
  }
}
