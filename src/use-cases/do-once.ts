import type { Database } from '../db/database.ts';
import type { Tx } from '../db/sql.ts';
import { BusinessError } from '../domain/errors.ts';
import { claimKey, storeAnswer, type KeyName, type StoredAnswer } from '../store/idempotency.ts';
import type { UseCaseContext } from './context.ts';

export type { KeyName };

export interface OnceAnswer extends StoredAnswer {
  /** The answer of an earlier request; nothing was done now. */
  replayed: boolean;
}

/**
 * Does `work` once for a key and remembers its answer, all in one transaction: after a crash there is all of it or nothing.
 * Two at once: the second waits for the first, then gets its answer (or does the work, when the first failed). The
 * context given to `work` hands out the open transaction, so use cases run inside it without knowing.
 * @throws BusinessError 422 `idempotency_key_reused` for another request under the same key
 */
export async function doOnce(
  context: UseCaseContext,
  name: KeyName,
  fingerprint: Buffer,
  work: (context: UseCaseContext) => Promise<StoredAnswer>,
): Promise<OnceAnswer> {
  return context.database.transaction(async (tx) => {
    const earlier = await claimKey(tx, name, fingerprint, context.clock.now());
    if (earlier !== null && !earlier.bodyHash.equals(fingerprint)) throw reusedKey();
    if (earlier !== null) return { status: earlier.status, response: earlier.response, replayed: true };
    const answer = await work({ ...context, database: within(context.database, tx) });
    await storeAnswer(tx, name, answer);
    return { ...answer, replayed: false };
  });
}

/** A database whose transactions and reads are those of the open transaction. */
function within(database: Database, tx: Tx): Database {
  return { ...database, db: tx, transaction: (work) => work(tx) };
}

function reusedKey(): BusinessError {
  return new BusinessError(
    'invalid',
    'idempotency_key_reused',
    'This Idempotency-Key was used with another request in the last 24 hours. Use a new key for a new request.',
  );
}
