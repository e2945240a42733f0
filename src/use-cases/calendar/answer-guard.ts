import { BusinessError } from '../../domain/errors.ts';
import { addActivity } from '../../store/activity.ts';
import { answerQuestion, lockQuestion, releaseHeld, type GuardAnswer } from '../../store/guard-answers.ts';
import { wakeWorkers } from '../../store/mark-links.ts';
import type { Caller } from '../context.ts';
import type { CalendarContext } from './context.ts';

/**
 * The owner answers the deletion guard: `proceed` lets the events go, `keep` leaves them in the calendar or brings them
 * back. Work that waited meanwhile goes on. @throws BusinessError 404 when nothing is asked of the caller there
 */
export async function answerGuard(
  context: CalendarContext,
  caller: Caller,
  connectionId: number,
  answer: GuardAnswer,
): Promise<void> {
  await context.database.transaction(async (tx) => {
    const now = context.clock.now();
    const question = await lockQuestion(tx, connectionId, caller.id);
    if (!question) {
      throw new BusinessError('not_found', 'no_question', 'Nothing is asked about this calendar (any more).');
    }
    await answerQuestion(tx, connectionId, answer, now);
    await releaseHeld(tx, connectionId, question, answer, now);
    const line = { userId: caller.id, connectionId, kind: 'guard_answered' as const, code: answer, at: now };
    await addActivity(tx, line);
    await wakeWorkers(tx, [connectionId]);
  });
}
