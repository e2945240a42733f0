import { MINUTE } from '../base/time.ts';
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
 * Reads back what the owner changed. The one entrance for polls and "sync now": they only say that it is time.
 * @returns what stops the account
 */
export async function readBack(drain: Drain): Promise<Failure | Rest | null> {
  const { lease, access, signal, clock, budget } = drain;
  const { connection } = lease;
  const waitMs = await budget.take(connection.provider, 1, access.provider.limits, true);
  if (waitMs > 0) {
    drain.waitUntil = new Date(clock.now().getTime() + waitMs);
    return null;
  }
  const giveBackSlot = await drain.slots.take(false);
  const started = clock.now().getTime();
  try {
    const session = await openSession(drain, connection.calendarId, null);
    const onCall = countCalls(drain);
    const done = await readWith(drain, session, onCall).catch(async (error: unknown) => {
      if (!(error instanceof ProviderFailure) || !isTokenRejection(error.failure)) throw error;
      return readWith(drain, await openSession(drain, connection.calendarId, session.accessToken), onCall);
    });
    connection.readDueAt = null;
    if (done === 'asked') {
      drain.observe({ kind: 'asked', connectionId: connection.id, provider: connection.provider, question: 'removal' });
      return 'rest';
    }
    return null;
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    if (signal.aborted) return 'rest';
    if (concernsWriting(error.failure)) return error.failure;
    connection.readDueAt = null;
    const until = new Date(clock.now().getTime() + TRY_AGAIN_MS);
    await drain.store.postponeReading(lease, until);
    drain.observe({
      kind: 'setback',
      connectionId: connection.id,
      provider: connection.provider,
      failure: error.failure,
    });
    return null;
  } finally {
    giveBackSlot();
    const now = clock.now().getTime();
    const { id: connectionId, provider } = connection;
    drain.observe({ kind: 'read', connectionId, provider, tookMs: now - started });
  }
}

/** A calendar that can't be read may be written all the same; only what holds for the whole account stops both. */
function concernsWriting(failure: Failure): boolean {
  if (failure.kind === 'reauth_required' || failure.kind === 'gone') return true;
  return failure.kind === 'retry_later' && (failure.scope === 'app' || failure.afterMs !== null);
}

/** When a calendar that could not be read is tried again. */
const TRY_AGAIN_MS = MINUTE;

/**
 * Each page is a call. The first has its turn; the others follow at once and are owed, as an account whose reading waited in
 * the middle would keep what people wait for waiting too, and one whose reading broke off would never come to its end.
 */
function countCalls({ access, lease, pacing, budget, clock }: Drain): () => void {
  const { id, provider } = lease.connection;
  const { batchSize } = access.provider.capabilities;
  let isTaken = true;
  return () => {
    pacing.spent(id, 1, false, batchSize, clock.now().getTime());
    if (!isTaken) budget.owe(provider);
    isTaken = false;
  };
}

function readWith(drain: Drain, session: CalendarSession, onCall: () => void): Promise<'noted' | 'asked'> {
  const { access, lease, signal, reading } = drain;
  return readingRound({ ...drain, ...reading, onCall }, access.provider, lease, session, signal);
}
