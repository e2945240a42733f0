import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

test('one at a time, in the order in which they came, whatever becomes of the one before', async () => {
  const turns = new Turns();
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = turns.take(async () => {
    order.push('first begins');
    await gate.promise;
    order.push('first fails');
    throw new Error('no');
  });
  const second = turns.take(async () => {
    order.push('second');
    return 2;
  });
  await Promise.resolve();
  gate.resolve();
  await expect(first).rejects.toThrow('no');
  expect(await second).toBe(2);
  expect(order).toEqual(['first begins', 'first fails', 'second']);
});
