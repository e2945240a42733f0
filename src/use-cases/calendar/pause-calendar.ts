import type { Tx } from '../../db/sql.ts';
import { BusinessError, notFound } from '../../domain/errors.ts';
import { addActivity } from '../../store/activity.ts';
import { wakeWorkers } from '../../store/mark-links.ts';
import {
  lockWatched,
  pauseConnection,
  resumeConnection,
  type LockedConnection,
} from '../../store/watched-connections.ts';
import type { Caller, UseCaseContext } from '../context.ts';
import { connectionLeaving } from '../health/steer-connection.ts';

/**
 * The owner stops one of their calendars: what is in it stays as it is, and what is to be written waits. Doing it twice
 * changes nothing. @throws BusinessError 404, 409
 */
export async function pauseCalendar({ database, clock }: UseCaseContext, caller: Caller, id: number): Promise<void> {
  await database.transaction(async (tx) => {
    const { status } = await lockOwn(tx, caller, id);
    if (status === 'paused') return;
    const at = clock.now();
    await pauseConnection(tx, id, 'paused_by_owner', at);
    await addActivity(tx, { userId: caller.id, connectionId: id, kind: 'paused_by_owner', at });
  });
}

/** The owner lets it go on from there. What the office has paused, the office resumes. @throws BusinessError 404, 409 */
export async function resumeCalendar({ database, clock }: UseCaseContext, caller: Caller, id: number): Promise<void> {
  await database.transaction(async (tx) => {
    const { status, errorCode } = await lockOwn(tx, caller, id);
    if (status !== 'paused') return;
    if (errorCode !== 'paused_by_owner') {
      throw new BusinessError(
        'conflict',
        'paused_by_office',
        'The office has paused this calendar and lets it go on. Nothing is lost meanwhile.',
      );
    }
    const at = clock.now();
    await resumeConnection(tx, id, at);
    await addActivity(tx, { userId: caller.id, connectionId: id, kind: 'resumed_by_owner', at });
    await wakeWorkers(tx, [id]);
  });
}

async function lockOwn(tx: Tx, caller: Caller, id: number): Promise<LockedConnection> {
  const [connection] = await lockWatched(tx, [id]);
  if (connection?.userId !== caller.id) throw notFound('connection');
  if (connection.needsOwner) {
    throw new BusinessError(
      'conflict',
      'waits_for_owner',
      'This calendar waits for you already: sign in again, or answer what is asked about it.',
    );
  }
  if (connection.status === 'disconnecting') throw connectionLeaving();
  return connection;
}
