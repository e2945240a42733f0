import { readSoon } from '../../store/connections.ts';
import { retryAllFailed } from '../../store/ledger.ts';
import { wakeWorkers } from '../../store/mark-links.ts';
import type { Caller } from '../context.ts';
import type { CalendarContext } from './context.ts';

/**
 * Looks again at everything of the caller: reads their calendars back and tries what had failed. Links that nothing has
 * changed stay untouched, so this costs as much for ten events as for a hundred thousand. @returns how many accounts
 */
export async function syncNow(context: CalendarContext, caller: Caller): Promise<number> {
  return context.database.transaction(async (tx) => {
    const now = context.clock.now();
    // Accounts before links, as the worker locks them.
    const accounts = await readSoon(tx, caller.id, now);
    await retryAllFailed(tx, caller.id, now);
    await wakeWorkers(tx, accounts, 1);
    return accounts.length;
  });
}
