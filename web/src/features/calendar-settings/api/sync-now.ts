import { syncAcceptedSchema } from '../../../../../src/api-contract/calendar.ts';
import { ask } from '../../../lib/api.ts';

/** Looks again at everything of the caller. Returns how many calendar accounts that are. */
export async function syncNow(): Promise<number> {
  const { connections } = await ask(syncAcceptedSchema, 'POST', '/api/calendar/sync/');
  return connections;
}
