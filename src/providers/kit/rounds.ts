import type { Outcome } from '../../sync/provider.ts';

/** A call to a service, as far as rounds need to know it. */
export interface RoundRequest {
  method: string;
  /** With its query; equal paths are equal reads. */
  path: string;
}

/** The calls of one operation, one after another: each waits for its answer, the last gives the outcome. */
export type Steps<Request extends RoundRequest, Answer> = Generator<Request, Outcome, Answer>;

/** Carries out calls that do not depend on each other, and answers in their order. */
export type Send<Request extends RoundRequest, Answer> = (requests: readonly Request[]) => Promise<Answer[]>;

/**
 * Drives several operations side by side: in each round the next call of everyone goes out together, and equal reads
 * (whether the calendar still exists) go out once. Ends when every operation has its outcome.
 */
export async function runRounds<Request extends RoundRequest, Answer>(
  steps: readonly Steps<Request, Answer>[],
  send: Send<Request, Answer>,
): Promise<Outcome[]> {
  const outcomes: (Outcome | undefined)[] = [];
  let waiting = steps.map((step, index) => ({ step, index, next: step.next() }));
  for (;;) {
    const pending: { step: Steps<Request, Answer>; index: number; request: Request }[] = [];
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

async function sendRound<Request extends RoundRequest, Answer>(
  requests: readonly Request[],
  send: Send<Request, Answer>,
): Promise<(request: Request) => Answer> {
  const distinct = new Map<unknown, Request>();
  for (const request of requests) distinct.set(identity(request), request);
  const keys = [...distinct.keys()];
  const answers = await send([...distinct.values()]);
  const byKey = new Map(keys.map((key, index) => [key, answers[index] ?? unreachable()]));
  return (request) => byKey.get(identity(request)) ?? unreachable();
}

/** Reads of the same path are the same; every write is itself. */
function identity(request: RoundRequest): unknown {
  return request.method === 'GET' ? request.path : request;
}

function unreachable(): never {
  throw new Error('an operation ended without an outcome');
}
