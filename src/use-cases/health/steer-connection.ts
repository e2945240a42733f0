import type { Tx } from '../../db/sql.ts';
import { BusinessError, notFound } from '../../domain/errors.ts';
import { addActivity } from '../../store/activity.ts';
import { wakeWorkers } from '../../store/mark-links.ts';
import { retryFailing } from '../../store/sync-queue.ts';
import {
  hurryConnection,
  lockWatched,
  pauseConnection,
  resumeConnection,
  type LockedConnection,
} from '../../store/watched-connections.ts';
import type { UseCaseContext } from '../context.ts';
import { showConnection, type WatchedView } from './watched-connection.ts';

/** What an administrator can do with somebody's calendar account. */
export type Steering = 'pause' | 'resume' | 'retry';

/**
 * `pause`: nothing is written any more, work is kept. `resume`: goes on from there. `retry`: what failed, and what waits for
 * a back-off of ours, is tried now. Doing it twice changes nothing. @throws BusinessError 404, 409
 */
export async function steerConnection(context: UseCaseContext, id: number, steering: Steering): Promise<WatchedView> {
  const { database, clock } = context;
  await database.transaction(async (tx) => {
    const [connection] = await lockWatched(tx, [id]);
    if (!connection) throw notFound('connection');
    // Whatever we do, the next step is its owner's.
    if (connection.needsOwner) throw waitsForOwner();
    await STEER[steering](tx, connection, clock.now());
  });
  return showConnection(database.db, id);
}

const STEER: Readonly<Record<Steering, (tx: Tx, connection: LockedConnection, now: Date) => Promise<void>>> = {
  async pause(tx, { id, userId, status }, at) {
    if (status === 'paused') return;
    if (status === 'disconnecting') throw connectionLeaving();
    await pauseConnection(tx, id, 'paused_by_operator', at);
    await addActivity(tx, { userId, connectionId: id, kind: 'paused', at });
  },

  async resume(tx, { id, userId, status, errorCode }, at) {
    if (status === 'disconnecting') throw connectionLeaving();
    if (status !== 'paused') return;
    if (errorCode === 'paused_by_owner') throw pausedByOwner();
    await resumeConnection(tx, id, at);
    await addActivity(tx, { userId, connectionId: id, kind: 'resumed', at });
    await wakeWorkers(tx, [id]);
  },

  async retry(tx, { id, status }, at) {
    if (status === 'paused') {
      throw new BusinessError('conflict', 'connection_paused', 'This calendar is paused. Resume it, then retry.');
    }
    await hurryConnection(tx, id, at);
    await retryFailing(tx, { connectionId: id }, at);
    await wakeWorkers(tx, [id]);
  },
};

function waitsForOwner(): BusinessError {
  return new BusinessError(
    'conflict',
    'waits_for_owner',
    'This calendar waits for its owner, who has to sign in again or to answer a question. Remind them by mail.',
  );
}

function pausedByOwner(): BusinessError {
  return new BusinessError(
    'conflict',
    'paused_by_owner',
    'Its owner has paused this calendar, and lets it go on in their calendar settings.',
  );
}

/** It is too late to pause it. */
export function connectionLeaving(): BusinessError {
  return new BusinessError(
    'conflict',
    'connection_leaving',
    'This calendar is being disconnected, so there is nothing to pause.',
  );
}
