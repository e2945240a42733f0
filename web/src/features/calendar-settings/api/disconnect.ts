import type { ConnectionJson, DisconnectRequest } from '../../../../../src/api-contract/calendar.ts';
import { askRaw } from '../../../lib/api.ts';

/** Returns at once; the events are removed and the access is given back afterwards. */
export async function disconnect(
  connection: Pick<ConnectionJson, 'id' | 'provider'>,
  removeEvents: boolean,
): Promise<void> {
  const body: DisconnectRequest = { remove_events: removeEvents, connection_id: connection.id };
  await askRaw('POST', `/api/calendar/${connection.provider}/disconnect/`, { body });
}
