import { replaceFact } from '../../store/facts.ts';
import { markEverything } from '../../store/mark-links.ts';
import { projectionFingerprint } from '../../sync/projection-fingerprint.ts';
import { eventSetting } from '../event-setting.ts';
import { markingNow } from '../marking.ts';
import type { CalendarContext } from './context.ts';

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
    return true;
  });
}
