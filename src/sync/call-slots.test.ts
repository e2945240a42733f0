import { expect, test } from 'vitest';
import { CallSlots } from './call-slots.ts';

function takeAll(slots: CallSlots, urgent: readonly boolean[]): { begun: number[]; taken: Promise<() => void>[] } {
  const begun: number[] = [];
  const taken = urgent.map(async (one, at) => {
    const giveBack = await slots.take(one);
    begun.push(at);
    return giveBack;
  });
  return { begun, taken };
}

/** Until everything that has been resolved has been heard of. */
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

test('no more calls than slots are under way, and each that ends lets one begin', async () => {
  const { begun, taken } = takeAll(new CallSlots(2, 0), [true, true, true, true]);
  await turn();
  expect(begun).toEqual([0, 1]);
  (await taken[1])?.();
  await turn();
  expect(begun).toEqual([0, 1, 2]);
});

test('backfills leave the reserved slots alone, and what people wait for overtakes them', async () => {
  const { begun, taken } = takeAll(new CallSlots(3, 1), [false, false, false, true, true]);
  await turn();
  expect(begun).toEqual([0, 1, 3]);
  (await taken[0])?.();
  await turn();
  expect(begun).toEqual([0, 1, 3, 4]);
  (await taken[1])?.();
  await turn();
  expect(begun).toEqual([0, 1, 3, 4]); // two urgent ones and the reserve
  (await taken[3])?.();
  await turn();
  expect(begun).toEqual([0, 1, 3, 4, 2]);
});

test('a slot that nobody waits for is free again', async () => {
  const slots = new CallSlots(1, 0);
  (await slots.take(false))();
  (await slots.take(true))();
  const { begun } = takeAll(slots, [false]);
  await turn();
  expect(begun).toEqual([0]);
});
