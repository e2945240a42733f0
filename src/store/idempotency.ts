import { DAY } from '../base/time.ts';
import { jsonb, sql, type Tx } from '../db/sql.ts';

/** How long an answer is kept (the contract promises 24 h). */
const KEPT_MS = DAY;

/** A key belongs to one person and one operation: others may use the same text for something else. */
export interface KeyName {
  userId: number;
  operation: string;
  key: string;
}

export interface StoredAnswer {
  status: number;
  response: unknown;
}

/**
 * Claims the key for this transaction. `null`: it is ours, do the work and call `storeAnswer`. Otherwise the first answer.
 * A claim made by a transaction that is still open is waited for, so an answer found here is always complete.
 */
export async function claimKey(
  tx: Tx,
  { userId, operation, key }: KeyName,
  bodyHash: Buffer,
  now: Date,
): Promise<(StoredAnswer & { bodyHash: Buffer }) | null> {
  const claimed = await sql`
    insert into idempotency_keys (user_id, operation, key, body_hash, status, response, created_at)
    values (${userId}, ${operation}, ${key}, ${bodyHash}, 0, 'null', ${now})
    on conflict (user_id, operation, key) do update
       set body_hash = excluded.body_hash, status = 0, response = 'null', created_at = excluded.created_at
     where idempotency_keys.created_at <= ${new Date(now.getTime() - KEPT_MS)}
    returning 1`.execute(tx);
  if (claimed.rows.length > 0) return null;
  const { rows } = await sql<{ status: number; response: unknown; body_hash: Buffer }>`
    select status, response, body_hash from idempotency_keys
     where user_id = ${userId} and operation = ${operation} and key = ${key}`.execute(tx);
  const [found] = rows;
  if (found === undefined) throw new Error('An idempotency key was neither free nor found');
  return { status: found.status, response: found.response, bodyHash: found.body_hash };
}

/** Keeps the answer for repetitions of the request. */
export async function storeAnswer(
  tx: Tx,
  { userId, operation, key }: KeyName,
  { status, response }: StoredAnswer,
): Promise<void> {
  await sql`
    update idempotency_keys set status = ${status}, response = ${jsonb(response)}
     where user_id = ${userId} and operation = ${operation} and key = ${key}`.execute(tx);
}

/** Deletes what is no longer promised; for the daily upkeep. Returns how many keys went. */
export async function deleteOldKeys(tx: Tx, now: Date): Promise<number> {
  const gone = await sql`
    delete from idempotency_keys where created_at <= ${new Date(now.getTime() - KEPT_MS)}`.execute(tx);
  return Number(gone.numAffectedRows ?? 0);
}
