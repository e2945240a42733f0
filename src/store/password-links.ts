import { sql, type Db, type Tx } from '../db/sql.ts';

/**
 * Stores a link by the SHA-256 of its token. Waits for whoever is changing the person: a link that goes to an address which
 * is no longer theirs would be in wrong hands.
 * @returns false, and stores none, when the person has another address by now
 */
export async function insertPasswordLink(
  db: Db,
  link: { userId: number; email: string; hash: Buffer; expiresAt: Date },
  now: Date,
): Promise<boolean> {
  const stored = await sql`
    insert into password_links (user_id, token_hash, expires_at, created_at)
    select id, ${link.hash}, ${link.expiresAt}, ${now} from users
     where id = ${link.userId} and email = ${link.email} for share`.execute(db);
  return stored.numAffectedRows === 1n;
}

/** Whose link it is; `null`: there is none (any more). */
export async function findPasswordLink(db: Db, hash: Buffer, now: Date): Promise<number | null> {
  const { rows } = await sql<{ userId: number }>`
    select user_id as "userId" from password_links where token_hash = ${hash} and expires_at > ${now}`.execute(db);
  return rows[0]?.userId ?? null;
}

/**
 * Ends every link of a person whom the transaction has locked.
 * @returns whether the one with this hash was among them and had not expired
 */
export async function endPasswordLinks(tx: Tx, userId: number, hash: Buffer, now: Date): Promise<boolean> {
  const ended = await sql<{ good: boolean }>`
    delete from password_links where user_id = ${userId}
    returning token_hash = ${hash} and expires_at > ${now} as good`.execute(tx);
  return ended.rows.some(({ good }) => good);
}

/** As `endPasswordLinks`, when the password was set in another way or the person may not sign in any more. */
export async function deletePasswordLinksOf(tx: Tx, userId: number): Promise<void> {
  await sql`delete from password_links where user_id = ${userId}`.execute(tx);
}

/** For the upkeep. */
export async function deleteExpiredPasswordLinks(db: Db, now: Date): Promise<void> {
  await sql`delete from password_links where expires_at <= ${now}`.execute(db);
}
