import { expect, test } from 'vitest';
import { gather } from './gather.ts';

/** Runs what it is told to, when it is told to. */
function controlled(): {
  batches: number[][];
  next(): Promise<void>;
  call: (input: number) => Promise<number>;
} {
  const batches: number[][] = [];
  let open = Promise.withResolvers<void>();
  const call = gather(async (inputs: readonly number[]) => {
    batches.push([...inputs]);
    await open.promise;
    if (inputs.includes(13)) throw new Error('unlucky');
    return inputs.map((input) => input * 2);
  }, 3);
  return {
    batches,
    call,
    async next() {
      const before = open;
      open = Promise.withResolvers<void>();
      before.resolve();
      // The promises of the batch that was let through, and the start of the next one.
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    },
  };
}

test('a lone call goes at once', async () => {
  const { batches, call, next } = controlled();
  const answer = call(1);
  await Promise.resolve();
  expect(batches).toEqual([[1]]);
  await next();
  expect(await answer).toBe(2);
});

test('calls of one turn go together', async () => {
  const { batches, call, next } = controlled();
  const answers = [call(1), call(2)];
  await Promise.resolve();
  expect(batches).toEqual([[1, 2]]);
  await next();
  expect(await Promise.all(answers)).toEqual([2, 4]);
});

test('what comes while a call is under way goes with the next one, up to the most', async () => {
  const { batches, call, next } = controlled();
  const first = call(1);
  await Promise.resolve();
  const answers = [first, ...[2, 3, 4, 5].map(call)];
  expect(batches).toEqual([[1]]);
  await next();
  expect(batches).toEqual([[1], [2, 3, 4]]);
  await next();
  await next();
  expect(batches).toEqual([[1], [2, 3, 4], [5]]);
  expect(await Promise.all(answers)).toEqual([2, 4, 6, 8, 10]);
});

test('one that fails spoils nobody else’s', async () => {
  const { call, next } = controlled();
  const answers = [1, 2, 13, 4].map(call);
  const settled = Promise.allSettled(answers);
  for (let round = 0; round < 8; round += 1) await next();
  expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
});

test('what is heavy goes with fewer, and alone if need be', async () => {
  const batches: number[][] = [];
  const call = gather(
    async (inputs: readonly number[]) => {
      batches.push([...inputs]);
      return inputs;
    },
    10,
    (input) => input,
  );
  await Promise.all([4, 6, 1, 12, 3].map(call));
  expect(batches).toEqual([[4, 6], [1], [12], [3]]);
});
