import { sql, type Db, type Tx } from '../db/sql.ts';

export interface RefreshTokenRecord {
  id: number;
  userId: number;
  family: string;
  expiresAt: Date;
  spentAt: Date | null;
  revokedAt: Date | null;
}

/** Stores a token by its SHA-256; the token itself is known only to its owner. */
export async function insertRefreshToken(
  tx: Tx,
  token: { userId: number; family: string; hash: Buffer; expiresAt: Date },
  now: Date,
): Promise<void> {
  await sql`
    insert into refresh_tokens (user_id, family, token_hash, expires_at, created_at)
    values (${token.userId}, ${token.family}, ${token.hash}, ${token.expiresAt}, ${now})`.execute(tx);
}

/** Locks the token until the transaction ends, so that of two who spend it at once one comes second. */
export async function lockRefreshToken(tx: Tx, hash: Buffer): Promise<RefreshTokenRecord | null> {
  const { rows } = await sql<RefreshTokenRecord>`
    select id, user_id as "userId", family, expires_at as "expiresAt", spent_at as "spentAt", revoked_at as "revokedAt"
      from refresh_tokens where token_hash = ${hash} for update`.execute(tx);
  return rows[0] ?? null;
}

export async function spendRefreshToken(tx: Tx, id: number, now: Date): Promise<void> {
  await sql`update refresh_tokens set spent_at = ${now} where id = ${id}`.execute(tx);
}

/** Ends one session. */
export async function revokeFamily(tx: Tx, family: string, now: Date): Promise<void> {
  await sql`
    update refresh_tokens set revoked_at = ${now} where family = ${family} and revoked_at is null`.execute(tx);
}

/** Ends every session of a person, but not `exceptFamily`. */
export async function revokeSessionsOf(tx: Tx, userId: number, exceptFamily: string | null, now: Date): Promise<void> {
  await sql`
    update refresh_tokens set revoked_at = ${now}
     where user_id = ${userId} and revoked_at is null
       and (${exceptFamily}::uuid is null or family <> ${exceptFamily})`.execute(tx);
}

/** Deletes families whose last token has expired; for the daily upkeep. Spent ones stay until then, to notice reuse. */
export async function deleteExpiredFamilies(db: Db, now: Date): Promise<number> {
  const gone = await sql`
    delete from refresh_tokens where family in
      (select family from refresh_tokens group by family having max(expires_at) <= ${now})`.execute(db);
  return Number(gone.numAffectedRows ?? 0);
}
