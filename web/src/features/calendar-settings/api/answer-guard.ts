import type { AnswerGuardRequest } from '../../../../../src/api-contract/calendar.ts';
import { askRaw } from '../../../lib/api.ts';

export type GuardAnswer = AnswerGuardRequest['answer'];

/** Answers whether many events may go; the calendar's work goes on then. */
export async function answerGuard(connectionId: number, answer: GuardAnswer): Promise<void> {
  await askRaw('POST', `/api/calendar/connections/${connectionId}/answer/`, { body: { answer } });
}
