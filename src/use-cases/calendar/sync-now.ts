import { connectedIds } from '../../store/calendar-overview.ts';
import { markPerson } from '../../store/mark-links.ts';
import type { Caller } from '../context.ts';
import { markingNow } from '../marking.ts';
import type { CalendarContext } from './context.ts';

/** Looks again at everything of the caller. What is as it should be costs no call to a provider. @returns how many accounts */
export async function syncNow(context: CalendarContext, caller: Caller): Promise<number> {
  return context.database.transaction(async (tx) => {
    await markPerson(tx, caller.id, markingNow(context, 1));
    return (await connectedIds(tx, caller.id)).length;
  });
}
