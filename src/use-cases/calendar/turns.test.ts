import { expect, test } from 'vitest';
import { systemClock, type Clock } from '../../base/time.ts';
import { Turns } from './turns.ts';

test('one at a time, in the order in which they came, whatever becomes of the one before', async () => {
  const turns = new Turns(systemClock);
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

/** A clock whose pauses end when they are told to, or broken off. */
function heldClock(): { clock: Clock; asleep: Promise<number>; wake: () => void } {
  const asleep = Promise.withResolvers<number>();
  const woken = Promise.withResolvers<void>();
  const clock: Clock = {
    now: () => new Date(0),
    sleep: (ms, signal) => {
      asleep.resolve(ms);
      signal?.addEventListener('abort', () => woken.resolve(), { once: true });
      return woken.promise;
    },
  };
  return { clock, asleep: asleep.promise, wake: woken.resolve };
}

test('not while somebody is being answered', async () => {
  const { clock, asleep } = heldClock();
  const turns = new Turns(clock);
  const answered = [turns.letGoFirst(), turns.letGoFirst()];
  const order: string[] = [];
  const piece = turns.take(async () => order.push('piece'));
  await asleep;
  for (const [at, done] of answered.entries()) {
    order.push(`answer ${at}`);
    done();
    await Promise.resolve();
  }
  await piece;
  expect(order).toEqual(['answer 0', 'answer 1', 'piece']);
});

test('but after a while, although somebody always is', async () => {
  const { clock, asleep, wake } = heldClock();
  const turns = new Turns(clock);
  turns.letGoFirst();
  const order: string[] = [];
  const piece = turns.take(async () => order.push('piece'));
  expect(await asleep).toBeLessThanOrEqual(100);
  order.push('waited');
  wake();
  await piece;
  expect(order).toEqual(['waited', 'piece']);
});
