import { MINUTE } from '../../base/time.ts';
import { replaceFact, takeDueFact } from '../../store/facts.ts';
import { markEverything } from '../../store/mark-links.ts';
import { projectionFingerprint } from '../../sync/projection-fingerprint.ts';
import { eventSetting } from '../event-setting.ts';
import { markingNow } from '../marking.ts';
import type { CalendarContext } from './context.ts';

/** Nodes of the version before may go on for a while, and what they take they write in the old form. */
const ROLLING_RESTART_MS = 15 * MINUTE;
const LOOK_AGAIN = 'look_again_at';

/**
 * At the start of a node: has the form of events changed since the last one, all coming events are looked at again. Those
 * that look the same cost nothing; deletions go past the deletion guard, since nobody asked for them.
 * @returns whether it had
 */
export async function reprojectIfChanged(context: CalendarContext): Promise<boolean> {
  const providers = [...context.providers.values()].map(({ provider }) => provider);
  const present = projectionFingerprint(eventSetting(context), context.zones.version, providers);
  return context.database.transaction(async (tx) => {
    const before = await replaceFact(tx, 'projection', present);
    if (before === null || before === present) return false;
    await markEverything(tx, { ...markingNow(context, 1), asked: false });
    const again = new Date(context.clock.now().getTime() + ROLLING_RESTART_MS);
    await replaceFact(tx, LOOK_AGAIN, again.toISOString());
    return true;
  });
}

/** Some time after the form of events has changed, when no node of the version before is left: looks at all once more. */
export async function lookAgainAfterChange(
  context: Pick<CalendarContext, 'database' | 'clock' | 'settings'>,
): Promise<void> {
  await context.database.transaction(async (tx) => {
    if (!(await takeDueFact(tx, LOOK_AGAIN, context.clock.now()))) return;
    await markEverything(tx, { ...markingNow(context, 1), asked: false });
  });
}
