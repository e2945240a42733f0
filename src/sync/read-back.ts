import { isTokenRejection, openSession, type Drain, type Rest } from './drain-context.ts';
import { ProviderFailure, type CalendarSession, type Failure } from './provider.ts';
import { readingRound } from './reading-round.ts';

/** Whether it is time to read an account's calendar back. */
export function isReadingDue({ lease, clock, signal, waitUntil, access }: Drain): boolean {
  const { status, readDueAt } = lease.connection;
  if (status === 'disconnecting' || signal.aborted || waitUntil !== null) return false;
  return access.provider.capabilities.incremental && readDueAt !== null && readDueAt <= clock.now();
}

/**
 * Reads back what the owner changed. The one entrance for polls, "sync now" and webhooks: they only say that it is time.
 * @returns what stops the account
 */
export async function readBack(drain: Drain): Promise<Failure | Rest | null> {
  const { lease, access, signal, clock, budget, pacing } = drain;
  const { connection } = lease;
  const waitMs = await budget.take(connection.provider, 1, access.provider.limits, true);
  if (waitMs > 0) {
    drain.waitUntil = new Date(clock.now().getTime() + waitMs);
    return null;
  }
  const started = clock.now().getTime();
  try {
    const session = await openSession(drain, connection.calendarId, null);
    const done = await readWith(drain, session).catch(async (error: unknown) => {
      if (!(error instanceof ProviderFailure) || !isTokenRejection(error.failure)) throw error;
      return readWith(drain, await openSession(drain, connection.calendarId, session.accessToken));
    });
    connection.readDueAt = null;
    if (done === 'asked') {
      drain.observe({ kind: 'asked', connectionId: connection.id, provider: connection.provider, question: 'removal' });
      return 'rest';
    }
    return null;
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    return signal.aborted ? 'rest' : error.failure;
  } finally {
    const now = clock.now().getTime();
    pacing.spent(connection.id, 1, false, access.provider.capabilities.batchSize, now);
    const { id: connectionId, provider } = connection;
    drain.observe({ kind: 'read', connectionId, provider, tookMs: now - started });
  }
}

function readWith(drain: Drain, session: CalendarSession): Promise<'noted' | 'asked'> {
  const { access, lease, signal, reading } = drain;
  return readingRound({ ...drain, ...reading }, access.provider, lease, session, signal);
}
