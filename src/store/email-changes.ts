import { sql, type Db, type Tx } from '../db/sql.ts';
import type { Language } from '../domain/user.ts';

/** Another address that a person wants. */
export interface WantedEmail {
  userId: number;
  email: string;
  /** The session in which they asked. */
  session: string;
}

/** Notes what a person, whom the transaction has locked, wants now; what they wanted before is given up. @returns its id */
export async function insertEmailChange(tx: Tx, { userId, email, session }: WantedEmail, now: Date): Promise<number> {
  await endEmailChangesOf(tx, userId, now);
  const { rows } = await sql<{ id: number }>`
    insert into email_changes (user_id, email, session, created_at)
    values (${userId}, ${email}, ${session}, ${now}) returning id`.execute(tx);
  const [inserted] = rows;
  if (inserted === undefined) throw new Error('An insert returned no row');
  return inserted.id;
}

/** When a person asked for another address since `since`, oldest first. */
export async function emailChangesSince(db: Db, userId: number, since: Date): Promise<Date[]> {
  const { rows } = await sql<{ at: Date }>`
    select created_at as at from email_changes
     where user_id = ${userId} and created_at > ${since} order by created_at`.execute(db);
  return rows.map((row) => row.at);
}

/** How often anybody asked for this address since `since`. */
export async function countEmailChangesTo(db: Db, email: string, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from email_changes
     where lower(email) = lower(${email}) and created_at > ${since}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** What the letter to the new address is made from. */
export interface EmailChangeFacts {
  id: number;
  email: string;
  /** Somebody else has the address: their language. */
  holder: { language: Language } | null;
}

/** `null` when the change was carried out or given up. */
export async function loadEmailChange(db: Db, id: number): Promise<EmailChangeFacts | null> {
  const { rows } = await sql<{ id: number; email: string; isTaken: boolean; language: Language }>`
    select c.id, c.email, h.id is not null as "isTaken", coalesce(h.language, 'en') as language
      from email_changes c left join users h on lower(h.email) = lower(c.email) and h.id <> c.user_id
     where c.id = ${id} and c.ended_at is null`.execute(db);
  const [found] = rows;
  if (found === undefined) return null;
  const { email, isTaken, language } = found;
  return { id, email, holder: isTaken ? { language } : null };
}

/** Stores a link by the SHA-256 of its token. */
export async function insertEmailLink(
  db: Db,
  link: { emailChangeId: number; hash: Buffer; expiresAt: Date },
): Promise<void> {
  await sql`
    insert into email_links (token_hash, email_change_id, expires_at)
    values (${link.hash}, ${link.emailChangeId}, ${link.expiresAt})`.execute(db);
}

/** The change that a link is for. */
export interface LinkedChange extends WantedEmail {
  id: number;
}

/** `null`: there is no such link (any more). Inside a transaction call it with the person locked. */
export async function findEmailChange(db: Db, hash: Buffer, now: Date): Promise<LinkedChange | null> {
  const { rows } = await sql<LinkedChange>`
    select c.id, c.user_id as "userId", c.email, c.session
      from email_links l join email_changes c on c.id = l.email_change_id
     where l.token_hash = ${hash} and l.expires_at > ${now} and c.ended_at is null`.execute(db);
  return rows[0] ?? null;
}

/** Ends every link to a change, which itself stays open. */
export async function deleteEmailLinksOf(tx: Tx, emailChangeId: number): Promise<void> {
  await sql`delete from email_links where email_change_id = ${emailChangeId}`.execute(tx);
}

/** Gives up, or has as carried out, what a person wanted. Their links end with it. */
export async function endEmailChangesOf(tx: Tx, userId: number, now: Date): Promise<void> {
  await sql`update email_changes set ended_at = ${now} where user_id = ${userId} and ended_at is null`.execute(tx);
}

/** For the upkeep: what was asked for before `before`, with its links. */
export async function deleteOldEmailChanges(db: Db, before: Date): Promise<void> {
  await sql`delete from email_changes where created_at < ${before}`.execute(db);
}
