import { BusinessError } from '../../domain/errors.ts';
import { addActivity } from '../../store/activity.ts';
import { beginDisconnect, ownConnections, type StoredConnection } from '../../store/connections.ts';
import { markConnection } from '../../store/mark-calendars.ts';
import { lockAudience } from '../../store/mark-links.ts';
import type { ProviderName } from '../../sync/provider.ts';
import type { Caller } from '../context.ts';
import { markingNow } from '../marking.ts';
import type { CalendarContext } from './context.ts';

export interface DisconnectRequest {
  provider: ProviderName;
  /** Whether our events are taken out of the calendar. */
  removeEvents: boolean;
  /** Needed when the person has several accounts of the provider. */
  connectionId: number | null;
}

/**
 * Begins to disconnect an account and answers at once; the worker does the rest. Asked again, it changes nothing.
 * @throws BusinessError 404 when there is no such connection; 409 `connection_ambiguous`
 */
export async function disconnectCalendar(
  context: CalendarContext,
  caller: Caller,
  request: DisconnectRequest,
): Promise<{ connectionId: number }> {
  return context.database.transaction(async (tx) => {
    await lockAudience(tx, 'people');
    const own = await ownConnections(tx, caller.id, request.provider);
    const connection = choose(own, request.connectionId);
    if (connection.status === 'disconnecting') return { connectionId: connection.id };
    const marking = markingNow(context);
    await beginDisconnect(tx, [connection.id], request.removeEvents, marking.now);
    const line = { userId: caller.id, connectionId: connection.id, kind: 'disconnecting' as const, at: marking.now };
    await addActivity(tx, line);
    await markConnection(tx, connection.id, marking);
    return { connectionId: connection.id };
  });
}

function choose(own: readonly StoredConnection[], connectionId: number | null): StoredConnection {
  const candidates = own.filter((connection) => connectionId === null || connection.id === connectionId);
  const open = candidates.filter((connection) => connection.status !== 'disconnecting');
  if (open.length > 1) {
    throw new BusinessError(
      'conflict',
      'connection_ambiguous',
      'You have several accounts of this service. Say which one with connection_id.',
    );
  }
  const chosen = open[0] ?? candidates[0];
  if (chosen) return chosen;
  throw new BusinessError(
    'not_found',
    'not_connected',
    'This calendar is not connected. There is nothing to disconnect.',
  );
}
