import type { Failure } from '../../sync/provider.ts';
import type { RoundRequest, Send } from './rounds.ts';

/** An answer, as far as pauses need to know it. */
type Answer = { kind: 'answered'; status: number; retryAfterMs: number | null } | { kind: 'unanswered' } | TurnedAway;

/** Not sent, or refused with the whole batch around it: nothing was carried out. */
export interface TurnedAway {
  kind: 'turned_away';
  failure: Failure;
}

/**
 * What is to be said of calls that are not sent any more because the account has just been asked to pause: those that are
 * sent all the same count against it.
 * @returns `null` when nobody asked
 */
export function heldUp(answers: readonly Answer[]): TurnedAway | null {
  const waits = answers.flatMap((answer) =>
    answer.kind === 'answered' && asksToPause(answer.status, answer.retryAfterMs) ? [answer.retryAfterMs] : [],
  );
  if (waits.length === 0) return null;
  const named = waits.filter((wait) => wait !== null);
  const afterMs = named.length === 0 ? null : Math.max(...named);
  return { kind: 'turned_away', failure: { kind: 'retry_later', code: 'rate_limited', afterMs, scope: 'connection' } };
}

/** 403 is Google's word for a quota, too; without a time it may concern the one call alone, as 503 may. */
function asksToPause(status: number, retryAfterMs: number | null): boolean {
  return status === 429 || ((status === 403 || status === 503) && retryAfterMs !== null);
}

/** A way to send that sends nothing more after the first round in which the account was asked to pause. */
export function untilHeldUp<Request extends RoundRequest, Given extends Answer>(
  send: Send<Request, Given>,
): Send<Request, Given | TurnedAway> {
  let held: TurnedAway | null = null;
  return async (requests) => {
    const because = held;
    if (because) return requests.map(() => because);
    const answers = await send(requests);
    held = heldUp(answers);
    return answers;
  };
}
