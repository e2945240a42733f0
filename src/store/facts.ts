import { sql, type Tx } from '../db/sql.ts';

/** Remembers a fact about the program. @returns what it was before; `null`: nothing was known */
export async function replaceFact(tx: Tx, name: string, value: string): Promise<string | null> {
  // Nodes that start at once: the second one waits here and then sees what the first one wrote.
  await sql`insert into facts (name, value) values (${name}, '') on conflict (name) do nothing`.execute(tx);
  const known = await sql<{ value: string }>`select value from facts where name = ${name} for update`.execute(tx);
  await sql`update facts set value = ${value} where name = ${name}`.execute(tx);
  return known.rows[0]?.value || null;
}

/** Forgets a fact that is a time, once that has come. @returns whether it had */
export async function takeDueFact(tx: Tx, name: string, now: Date): Promise<boolean> {
  const taken = await sql`delete from facts where name = ${name} and value <= ${now.toISOString()}`.execute(tx);
  return (taken.numAffectedRows ?? 0n) > 0n;
}
