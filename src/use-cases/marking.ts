import type { Marking } from '../store/mark-links.ts';
import type { UseCaseContext } from './context.ts';

/** What marking calendars as behind needs, from the context of a use case. */
export function markingNow(
  { clock, settings }: Pick<UseCaseContext, 'clock' | 'settings'>,
  priority: 0 | 1 = 0,
): Marking {
  const { syncHorizonDays, overviewHorizonDays, markedTogether } = settings;
  const batches = markedTogether === undefined ? {} : { markedTogether };
  return { now: clock.now(), syncHorizonDays, overviewHorizonDays, priority, ...batches };
}
