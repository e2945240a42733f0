import type { Outcome } from '../../sync/provider.ts';
import type { ApiAnswer, ApiRequest } from './api.ts';
import type { Steps } from './operations.ts';

type Send = (requests: readonly ApiRequest[]) => Promise<ApiAnswer[]>;

/**
 * Drives several operations side by side: in each round the next call of everyone goes out together, and equal reads
 * (whether the calendar still exists) go out once. Ends when every operation has its outcome.
 */
export async function runRounds(steps: readonly Steps[], send: Send): Promise<Outcome[]> {
  const outcomes: (Outcome | undefined)[] = [];
  let waiting = steps.map((step, index) => ({ step, index, next: step.next() }));
  for (;;) {
    const pending: { step: Steps; index: number; request: ApiRequest }[] = [];
    for (const { step, index, next } of waiting) {
      if (next.done) outcomes[index] = next.value;
      else pending.push({ step, index, request: next.value });
    }
    if (pending.length === 0) break;
    const answerOf = await sendRound(
      pending.map(({ request }) => request),
      send,
    );
    waiting = pending.map(({ step, index, request }) => ({ step, index, next: step.next(answerOf(request)) }));
  }
  return outcomes.map((outcome) => outcome ?? unreachable());
}

async function sendRound(requests: readonly ApiRequest[], send: Send): Promise<(request: ApiRequest) => ApiAnswer> {
  const distinct = new Map<unknown, ApiRequest>();
  for (const request of requests) distinct.set(identity(request), request);
  const keys = [...distinct.keys()];
  const answers = await send([...distinct.values()]);
  const byKey = new Map(keys.map((key, index) => [key, answers[index] ?? unreachable()]));
  return (request) => byKey.get(identity(request)) ?? unreachable();
}

/** Reads of the same path are the same; every write is itself. */
function identity(request: ApiRequest): unknown {
  return request.method === 'GET' ? request.path : request;
}

function unreachable(): never {
  throw new Error('an operation ended without an outcome');
}
