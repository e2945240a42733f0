import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { migrate, type MigrationList } from '../../src/db/migrate.ts';
import { migrations } from '../../src/db/migrations/list.ts';
import { sql, type Tx } from '../../src/db/sql.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

const released = Object.keys(migrations);
let on: TestDatabase;
beforeAll(async () => {
  on = await openTestDatabase();
});
afterAll(() => on?.close());

test('a database that is up to date is left alone', async () => {
  expect(await appliedTo(on.database)).toEqual(released);
  expect(await migrate(on.database)).toEqual([]);
});

test('names are numbered and in order', () => {
  expect(released.every((name) => /^\d{4}-[a-z0-9-]+$/.test(name))).toBe(true);
  expect(released).toEqual(released.toSorted());
});

test('callers that start at once share the steps, and each runs once', async () => {
  const others =
    on.location.kind === 'postgres' ? [await openDatabase(on.location), await openDatabase(on.location)] : [];
  const ran: string[] = [];
  const list = extended({
    '9001-first': async (tx) => {
      ran.push('first');
      await sql`create table first (id int)`.execute(tx);
    },
    '9002-second': async (tx) => {
      ran.push('second');
      await sql`create table second (id int); insert into second values (1)`.execute(tx);
    },
  });
  const applied = await Promise.all([on.database, on.database, ...others].map((database) => migrate(database, list)));
  await Promise.all(others.map((database) => database.close()));
  expect(applied.flat().toSorted()).toEqual(['9001-first', '9002-second']);
  expect(ran).toEqual(['first', 'second']);
  expect(await appliedTo(on.database)).toEqual([...released, '9001-first', '9002-second']);
});

test('a program that is older than the database is refused, with what to do', async () => {
  await expect(migrate(on.database)).rejects.toMatchObject({
    code: 'database.newer_than_program',
    message: expect.stringContaining('9001-first, 9002-second'),
  });
});

test('a step that fails leaves nothing, and is tried again next time', async () => {
  let isBroken = true;
  const list = extended({
    '9001-first': fails,
    '9002-second': fails,
    '9003-third': async (tx) => {
      await sql`create table third (id int)`.execute(tx);
      if (isBroken) await fails();
    },
  });
  await expect(migrate(on.database, list)).rejects.toThrow('broken');
  expect(await appliedTo(on.database)).not.toContain('9003-third');
  isBroken = false;
  expect(await migrate(on.database, list)).toEqual(['9003-third']);
});

test('steps that do not fit together are refused before anything is done', async () => {
  const renamed = extended({ '9001-first': fails, '9002-zweite': fails, '9003-third': fails, '9004-fourth': fails });
  await expect(migrate(on.database, renamed)).rejects.toMatchObject({
    code: 'database.migrations_differ',
    message: expect.stringContaining('is 9002-second in the database and 9002-zweite in the program'),
  });
  const inserted = extended({ '9000-late': fails, '9001-first': fails, '9002-second': fails, '9003-third': fails });
  await expect(migrate(on.database, inserted)).rejects.toMatchObject({ code: 'database.migrations_differ' });
});

function extended(steps: Record<string, (tx: Tx) => Promise<void>>): MigrationList {
  const more = Object.entries(steps).map(([name, up]) => [name, { up }] as const);
  return { ...migrations, ...Object.fromEntries(more) };
}

async function fails(): Promise<never> {
  throw new Error('broken');
}

async function appliedTo(database: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from schema_migrations order by number`.execute(database.db);
  return rows.map((row) => row.name);
}
