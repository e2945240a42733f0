import { AsyncResource } from 'node:async_hooks';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { QueryOutsideTransaction } from '../../src/db/errors.ts';
import { type Db, sql } from '../../src/db/sql.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

let on: TestDatabase;
beforeAll(async () => {
  on = await openTestDatabase();
  await sql`create table accounts (id int primary key, balance int not null)`.execute(on.database.db);
});
beforeEach(async () => {
  await sql`truncate accounts`.execute(on.database.db);
  await sql`insert into accounts values (1, 100), (2, 100)`.execute(on.database.db);
});
afterAll(() => on?.close());

test('what the work returns comes out, and what it wrote stays', async () => {
  expect(await on.database.transaction(async (tx) => (await add(tx, 1, -30)) + (await add(tx, 2, 30)))).toBe(200);
  expect(await balances()).toEqual([70, 130]);
});

test('what the work throws comes out, and nothing stays', async () => {
  const fault = new Error('second thoughts');
  const work = on.database.transaction(async (tx) => {
    await add(tx, 1, -30);
    throw fault;
  });
  await expect(work).rejects.toBe(fault);
  expect(await balances()).toEqual([100, 100]);
});

test('a statement that fails undoes those before it, even when the work goes on as if nothing happened', async () => {
  const work = on.database.transaction(async (tx) => {
    await add(tx, 1, -30);
    await sql`select 1 / 0`.execute(tx).catch((error: unknown) => expect(error).toMatchObject({ code: '22012' }));
  });
  await expect(work).rejects.toThrow();
  expect(await balances()).toEqual([100, 100]);
});

test('nobody sees half of it, and 40 at once lose nothing', async () => {
  const seen: number[] = [];
  await Promise.all(
    Array.from({ length: 40 }, async (_, number) => {
      if (number % 4 === 0) return void seen.push(sum(await balances()));
      await on.database.transaction(async (tx) => {
        await sql`select from accounts order by id for update`.execute(tx);
        await add(tx, 1, -1);
        await add(tx, 2, 1);
      });
    }),
  );
  expect(new Set(seen)).toEqual(new Set([200]));
  expect(await balances()).toEqual([70, 130]);
});

describe('a transaction that may succeed when it runs again', () => {
  test.each(['40001', '40P01'])('is repeated (%s)', async (sqlState) => {
    let attempts = 0;
    await on.database.transaction(async (tx) => {
      await add(tx, 1, 1);
      if (++attempts < 3) await raise(tx, sqlState);
    });
    expect(attempts).toBe(3);
    expect(await balances()).toEqual([101, 100]);
  });

  test('but not for ever', async () => {
    let attempts = 0;
    const work = on.database.transaction(async (tx) => {
      attempts++;
      await raise(tx, '40001');
    });
    await expect(work).rejects.toMatchObject({ code: '40001' });
    expect(attempts).toBe(5);
  });

  test('and others are not', async () => {
    let attempts = 0;
    const work = on.database.transaction(async (tx) => {
      attempts++;
      await raise(tx, '23505');
    });
    await expect(work).rejects.toMatchObject({ code: '23505' });
    expect(attempts).toBe(1);
  });
});

describe('inside a transaction', () => {
  test('a statement outside of it is refused at once, and says what to do', async () => {
    const work = on.database.transaction(async (tx) => {
      await add(tx, 1, -30);
      await balances();
    });
    await expect(work).rejects.toThrow(QueryOutsideTransaction);
    await expect(work).rejects.toThrow('pass the `tx`');
    expect(await balances()).toEqual([100, 100]);
  });

  test('also one in the background', async () => {
    const { background } = on.database;
    const outside = on.database.transaction(() => sql`select 1`.execute(background.db));
    await expect(outside).rejects.toThrow(QueryOutsideTransaction);
    const within = background.transaction(() => on.database.transaction(async (tx) => add(tx, 1, 1)));
    await expect(within).rejects.toThrow(QueryOutsideTransaction);
  });

  test('so is another transaction', async () => {
    const work = on.database.transaction(() => on.database.transaction(async (tx) => add(tx, 1, 1)));
    await expect(work).rejects.toThrow(QueryOutsideTransaction);
  });

  test('what was started there may use the database once it is over', async () => {
    const over = Promise.withResolvers<void>();
    const later = await on.database.transaction(async () => ({ found: over.promise.then(balances) }));
    over.resolve();
    expect(await later.found).toEqual([100, 100]);
  });

  test('others are not concerned', async () => {
    const outside = AsyncResource.bind(() => balances());
    const [, found] = await Promise.all([on.database.transaction((tx) => add(tx, 1, 0)), outside()]);
    expect(found).toEqual([100, 100]);
  });
});

async function add(db: Db, id: number, amount: number): Promise<number> {
  const { rows } = await sql<{ balance: number }>`
    update accounts set balance = balance + ${amount} where id = ${id} returning balance`.execute(db);
  return rows[0]?.balance ?? NaN;
}

async function balances(): Promise<number[]> {
  const { rows } = await sql<{ balance: number }>`select balance from accounts order by id`.execute(on.database.db);
  return rows.map((row) => row.balance);
}

async function raise(db: Db, sqlState: string): Promise<void> {
  await sql.raw(`do $$ begin raise exception using errcode = '${sqlState}'; end $$`).execute(db);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
