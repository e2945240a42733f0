import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { InvalidNotification } from '../../src/db/errors.ts';
import { notify } from '../../src/db/notify.ts';
import { type Tx, sql } from '../../src/db/sql.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

const onWarning = vi.fn<(message: string, details: Record<string, unknown>) => void>();
const heard: string[] = [];
let on: TestDatabase;

beforeAll(async () => {
  on = await openTestDatabase({ onWarning });
  await on.database.listen('heard', (payload) => void heard.push(payload));
});
beforeEach(() => {
  heard.length = 0;
  onWarning.mockClear();
});
afterAll(() => on?.close());

test('are heard after the commit, in order, and not before', async () => {
  await on.database.transaction(async (tx) => {
    await notify(tx, 'heard', 'first');
    await notify(tx, 'heard', 'second');
    await sql`select 1`.execute(tx);
    expect(heard).toEqual([]);
  });
  await until('second');
  expect(heard).toEqual(['first', 'second']);
});

test('are not heard after a rollback', async () => {
  const work = on.database.transaction(async (tx) => {
    await notify(tx, 'heard', 'never');
    throw new Error('rolled back');
  });
  await expect(work).rejects.toThrow('rolled back');
  await say('after');
  expect(heard).toEqual(['after']);
});

test('of an attempt that is repeated are heard once', async () => {
  let attempts = 0;
  await on.database.transaction(async (tx) => {
    await notify(tx, 'heard', `attempt ${++attempts}`);
    if (attempts === 1) await sql`do $$ begin raise exception using errcode = '40001'; end $$`.execute(tx);
  });
  await until('attempt 2');
  expect(heard).toEqual(['attempt 2']);
});

test('may be empty, and repeat each other', async () => {
  await on.database.transaction(async (tx) => {
    await notify(tx, 'heard');
    await notify(tx, 'heard');
  });
  await say('end');
  expect(heard).toEqual(['', 'end']);
});

test('reach every listener of their channel, and no other', async () => {
  const also: string[] = [];
  const other: string[] = [];
  const end = await on.database.listen('heard', (payload) => void also.push(payload));
  await on.database.listen('other', (payload) => void other.push(payload));
  await say('one');
  await end();
  await say('two');
  expect({ heard, also, other }).toEqual({ heard: ['one', 'two'], also: ['one'], other: [] });
});

test('survive a handler that fails', async () => {
  const sync = await on.database.listen('heard', () => {
    throw new Error('at once');
  });
  const async = await on.database.listen('heard', async () => Promise.reject(new Error('later')));
  await say('one');
  await Promise.all([sync(), async()]);
  await vi.waitFor(() => expect(onWarning).toHaveBeenCalledTimes(2));
  expect(onWarning).toHaveBeenCalledWith('a notification handler failed', {
    channel: 'heard',
    error: expect.objectContaining({ message: 'at once' }),
  });
});

test('let their handlers use the database', async () => {
  const found = Promise.withResolvers<number>();
  const end = await on.database.listen('heard', async () => {
    const { rows } = await sql<{ n: number }>`select 1 as n`.execute(on.database.db);
    found.resolve(rows[0]?.n ?? 0);
  });
  await say('go');
  expect(await found.promise).toBe(1);
  await end();
});

test('carry up to 7,500 bytes; more is refused and nothing is cut', async () => {
  const longest = 'ä'.repeat(3750);
  await say(longest);
  expect(heard).toEqual([longest]);
  await expect(say(`${longest}x`)).rejects.toThrow('at most 7500 bytes; this one has 7501');
});

test('need a plain channel and an open transaction', async () => {
  const attempt = (channel: string): Promise<void> => on.database.transaction((tx) => notify(tx, channel, ''));
  await expect(attempt('Heard')).rejects.toThrow(InvalidNotification);
  await expect(attempt('a; drop table users')).rejects.toThrow(InvalidNotification);
  await expect(on.database.listen('no-dashes', () => {})).rejects.toThrow(InvalidNotification);
  await expect(notify(on.database.db as Tx, 'heard')).rejects.toThrow('needs the `tx`');
});

/** Sends `payload` and waits until it was heard: everything sent before has arrived then, too. */
async function say(payload: string): Promise<void> {
  await on.database.transaction((tx) => notify(tx, 'heard', payload));
  await until(payload);
}

async function until(payload: string): Promise<void> {
  await vi.waitFor(() => expect(heard).toContain(payload), { timeout: 10_000, interval: 1 });
}
