import type { Failure } from '../../sync/provider.ts';
import { AnswerLost, NotSent } from './http-failure.ts';

/** A call that no answer came to; `sent: false` when the request certainly did not leave. */
export interface Unanswered {
  kind: 'unanswered';
  sent: boolean;
  code: string;
}

/** Whether a call changes something: an answer that never came then leaves the outcome open. */
export type Effect = 'read' | 'write';

/** What the HTTP client threw, as an answer. @throws whatever is no failure of a call */
export function unanswered(error: unknown): Unanswered {
  if (error instanceof NotSent) return { kind: 'unanswered', sent: false, code: error.code };
  if (error instanceof AnswerLost) return { kind: 'unanswered', sent: true, code: error.code };
  throw error;
}

/** The failure behind a call without an answer. */
export function unansweredFailure(answer: Unanswered, effect: Effect): Failure {
  if (answer.code === 'aborted') return { kind: 'unknown_outcome', code: 'aborted' };
  if (answer.sent && effect === 'write') return { kind: 'unknown_outcome', code: answer.code };
  return { kind: 'retry_later', code: answer.code, afterMs: null, scope: 'connection' };
}
