import { sql, type Tx } from '../db/sql.ts';
import type { GuardQuestion } from '../sync/store.ts';

/** What the owner says to the deletion guard: let it happen, or let the events stay in the calendar. */
export type GuardAnswer = 'proceed' | 'keep';

/** The open question of a person's own connection, locked. */
export async function lockQuestion(tx: Tx, connectionId: number, userId: number): Promise<GuardQuestion | null> {
  const found = await sql<{ question: GuardQuestion }>`
    select question from connections where id = ${connectionId} and user_id = ${userId} and status = 'paused'
       and question is not null and not question ? 'answer' for no key update`.execute(tx);
  return found.rows[0]?.question ?? null;
}

/** Lets the account be served again. The answer stays with the question, for the deletions that are still pending. */
export async function answerQuestion(tx: Tx, connectionId: number, answer: GuardAnswer, now: Date): Promise<void> {
  await sql`
    update connections set status = 'active', error_code = null, waiting_since = null, updated_at = ${now},
           question = question || ${JSON.stringify({ answer })}::jsonb
     where id = ${connectionId}`.execute(tx);
}

/**
 * Lets go of what was held for the answer. Events that their owner seems to have deleted are looked at in any case;
 * `keep` makes those that are gone anew: an unresolved call is what the engine brings to its desired state.
 */
export async function releaseHeld(
  tx: Tx,
  connectionId: number,
  question: GuardQuestion,
  answer: GuardAnswer,
  now: Date,
): Promise<void> {
  const putBack = question.kind === 'removal' && answer === 'keep';
  const stillUnasked = question.kind === 'deletion' && answer === 'keep';
  await sql`
    update links set due_at = ${now}, asked = ${!stillUnasked}, in_flight = links.in_flight or ${putBack}
     from (select id from links where connection_id = ${connectionId} and dirty and not asked
             and (due_at = 'infinity') = ${question.kind === 'removal'} order by id for update) held
     where links.id = held.id`.execute(tx);
}
