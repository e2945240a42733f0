import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../../src/db/sql.ts';
import { openEmbeddedTestDatabase, type TestDatabase } from '../support/database.ts';

/* Statements that come again are kept prepared in the embedded database's session; nobody notices. */

const TIMES = 12;
let on: TestDatabase;

beforeAll(async () => {
  on = await openEmbeddedTestDatabase();
  await sql`create table things (id int primary key, name text not null)`.execute(on.database.db);
});
afterAll(() => on?.close());

const insert = (id: number, name: string | null): Promise<unknown> =>
  sql`insert into things values (${id}, ${name})`.execute(on.database.db);

test('everybody gets the answer to their own values', async () => {
  await Promise.all(Array.from({ length: 200 }, (_, id) => insert(id, `thing ${id}`)));
  const found = await Promise.all(
    Array.from({ length: 200 }, async (_, id) => {
      const { rows } = await sql<{ name: string }>`select name from things where id = ${id}`.execute(on.database.db);
      return rows[0]?.name;
    }),
  );
  expect(found).toEqual(Array.from({ length: 200 }, (_, id) => `thing ${id}`));
});

test('a statement that fails says why each time, and works again', async () => {
  for (let time = 0; time < TIMES; time += 1) {
    await expect(insert(1, 'twice')).rejects.toMatchObject({ code: '23505' });
    await expect(insert(1000 + time, null)).rejects.toMatchObject({ code: '23502' });
    await insert(2000 + time, 'fine');
    await expect(sql`select nothing from things where id = ${1}`.execute(on.database.db)).rejects.toMatchObject({
      code: '42703',
    });
  }
});

test('a transaction that failed takes none of them, and its rollback changes nothing for the others', async () => {
  for (let time = 0; time < TIMES; time += 1) {
    const work = on.database.transaction(async (tx) => {
      await sql`update things set name = ${'changed'} where id = ${3}`.execute(tx);
      await insertInto(tx, 1).catch(() => undefined);
      await sql`update things set name = ${'changed'} where id = ${3}`.execute(tx);
    });
    await expect(work).rejects.toMatchObject({ code: '25P02' });
  }
  const { rows } = await sql`select name from things where id = ${3}`.execute(on.database.db);
  expect(rows).toEqual([{ name: 'thing 3' }]);

  async function insertInto(tx: Parameters<Parameters<typeof on.database.transaction>[0]>[0], id: number) {
    await sql`insert into things values (${id}, ${'again'})`.execute(tx);
  }
});

test('a table that changes answers with its present columns', async () => {
  const all = async (): Promise<unknown> =>
    (await sql`select * from things where id = ${5}`.execute(on.database.db)).rows[0];
  for (let time = 0; time < TIMES; time += 1) expect(await all()).toEqual({ id: 5, name: 'thing 5' });
  await sql`alter table things add column colour text default 'blue'`.execute(on.database.db);
  for (let time = 0; time < TIMES; time += 1) expect(await all()).toEqual({ id: 5, name: 'thing 5', colour: 'blue' });
});

test('more different statements than are kept still work, each time', async () => {
  for (let round = 0; round < 3; round += 1) {
    const found = await Promise.all(
      Array.from({ length: 350 }, async (_, n) => {
        const { rows } = await sql<{ sum: number }>`select ${sql.raw(String(n))} + ${round}::int as sum`.execute(
          on.database.db,
        );
        return rows[0]?.sum;
      }),
    );
    expect(found).toEqual(Array.from({ length: 350 }, (_, n) => n + round));
  }
});
