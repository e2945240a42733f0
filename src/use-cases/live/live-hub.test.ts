import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../base/time.ts';
import type { Database } from '../../db/database.ts';
import { LiveHub, type LiveSink } from './live-hub.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('whoever comes while the hub closes is sent away, and nothing is left running', async () => {
  const listening = Promise.withResolvers<() => Promise<void>>();
  const ends = vi.fn<() => Promise<void>>().mockResolvedValue(undefined);
  const database = { listen: () => listening.promise } as unknown as Database;
  const hub = new LiveHub({ database, clock: systemClock, onError: (error) => expect.unreachable(String(error)) });
  const unheard = (): void => {};
  const sink: LiveSink = { tell: unheard, beat: unheard, end: unheard };
  const until = new Date(Date.now() + 60_000);
  const coming = hub.follow({ userId: 7, until, lastId: null, sink });
  const refused = expect(coming).rejects.toMatchObject({ code: 'closing' });
  const closed = hub.close();
  listening.resolve(ends);
  await Promise.all([refused, closed]);
  expect(ends).toHaveBeenCalledTimes(2);
  expect(vi.getTimerCount()).toBe(0);
  await expect(hub.follow({ userId: 7, until, lastId: null, sink })).rejects.toMatchObject({ code: 'closing' });
});
