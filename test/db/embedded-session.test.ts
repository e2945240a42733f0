import { AsyncResource } from 'node:async_hooks';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { sql } from '../../src/db/sql.ts';
import { openEmbeddedTestDatabase, type TestDatabase } from '../support/database.ts';

/** 5,000 rows of 250 bytes. */
const COPY_BYTES = 1_250_000;
const MB = 1024 * 1024;
const onWarning = vi.fn<(message: string, details: Record<string, unknown>) => void>();
let on: TestDatabase;
/** As code that does not run inside the transaction in which it is called. */
let elsewhere: <T>(work: () => Promise<T>) => Promise<T>;

beforeAll(async () => {
  on = await openEmbeddedTestDatabase({ onWarning, limits: { idleTransactionMs: 500, maintenanceMs: 50 } });
  elsewhere = AsyncResource.bind((work: () => Promise<unknown>) => work()) as typeof elsewhere;
  await sql`create table rewritten (id int primary key, n int, filler text)`.execute(on.database.db);
});
beforeEach(() => onWarning.mockClear());
afterAll(() => on?.close());

test('a transaction that waits for a statement outside of it ends in an error that names both', async () => {
  const work = on.database.transaction(async (tx) => {
    await sql`insert into rewritten values (${-1}, 0, '')`.execute(tx);
    const { rows } = await elsewhere(() => sql`select 'from elsewhere' as culprit`.execute(on.database.db));
    expect(rows).toHaveLength(1);
    await sql`select 'after'`.execute(tx);
  });
  await expect(work).rejects.toMatchObject({ code: '25P03' });
  await expect(work).rejects.toThrow('Its last statement: "insert into rewritten values ($1, 0, \'\')"');
  await expect(work).rejects.toThrow(`Waiting: "select 'from elsewhere' as culprit"`);
  expect(onWarning).toHaveBeenCalledWith(
    'an idle transaction was rolled back',
    expect.objectContaining({ idleMs: expect.any(Number) }),
  );
  const { rows } = await sql`select from rewritten where id = -1`.execute(on.database.db);
  expect(rows).toEqual([]);
});

test('also when the commit is all that was left', async () => {
  const work = on.database.transaction(async () => elsewhere(() => sql`select 1`.execute(on.database.db)));
  await expect(work).rejects.toMatchObject({ code: '25P03' });
});

test(
  'the WAL stays small and tables that are rewritten stay tidy, without a word from anybody',
  { timeout: 180_000 },
  async () => {
    await sql`insert into rewritten select i, 0, repeat('x', 200) from generate_series(1, 5000) i`.execute(
      on.database.db,
    );
    const before = await walPosition();
    // Dead rows are counted once a second at most, so that is how often a table can be tidied.
    for (let turn = 0; turn < 40 || (await timesTidied()) < 5 || (await walPosition()) - before < 100 * MB; turn++) {
      await sql`update rewritten set n = n + 1, filler = repeat('y', 200)`.execute(on.database.db);
    }
    await vi.waitFor(
      async () => {
        expect(walFolderSize()).toBeLessThanOrEqual(64 * MB);
        expect(await deadRows()).toBeLessThan(1001);
      },
      { timeout: 60_000, interval: 100 },
    );
    const { rows } = await sql<{ bytes: number; n: number }>`
    select pg_table_size('rewritten') as bytes, min(n) as n from rewritten`.execute(on.database.db);
    const turns = rows[0]?.n ?? 0;
    expect(turns).toBeGreaterThanOrEqual(40);
    expect(rows[0]?.bytes).toBeLessThan((turns * COPY_BYTES) / 2);
    expect(onWarning).not.toHaveBeenCalled();
  },
);

async function timesTidied(): Promise<number> {
  const { rows } = await sql<{ times: number }>`
    select vacuum_count as times from pg_stat_user_tables where relname = 'rewritten'`.execute(on.database.db);
  return rows[0]?.times ?? 0;
}

async function walPosition(): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::int8 as bytes`.execute(on.database.db);
  return rows[0]?.bytes ?? 0;
}

async function deadRows(): Promise<number> {
  const { rows } = await sql<{ dead: number }>`
    select n_dead_tup as dead from pg_stat_user_tables where relname = 'rewritten'`.execute(on.database.db);
  return rows[0]?.dead ?? Infinity;
}

function walFolderSize(): number {
  if (on.location.kind !== 'embedded') throw new Error('not embedded');
  const folder = path.join(on.location.dataDir, 'pg', 'pg_wal');
  const files = fs.readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, { name }) => sum + fs.statSync(path.join(folder, name)).size, 0);
}
