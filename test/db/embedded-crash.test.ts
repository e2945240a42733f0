import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { DatabaseInUse, DatabaseStopped, DatabaseUnusable } from '../../src/db/errors.ts';
import { sql } from '../../src/db/sql.ts';
import { copyEmptyTemplate } from '../support/database.ts';

// Each test opens databases anew, which takes its time on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const folders: string[] = [];
const processes: ChildProcess[] = [];

afterEach(async () => {
  for (const child of processes.splice(0)) await kill(child);
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
});

test(
  'kill -9 at any moment loses no row that was acknowledged, and leaves no half transaction',
  { timeout: 240_000 },
  async () => {
    const dataDir = await newDataDir();
    const acknowledged: string[] = [];
    for (const [run, length] of [40, 7, 150].entries()) {
      const writer = startWriter(dataDir, run);
      for await (const line of writer.lines) {
        if (line !== 'ready') acknowledged.push(`${run}/${line}`);
        if (acknowledged.filter((row) => row.startsWith(`${run}/`)).length === length) writer.child.kill('SIGKILL');
      }
    }
    const database = await openDatabase({ kind: 'embedded', dataDir });
    const { rows } = await sql<{ row: string; is_whole: boolean }>`
    select run || '/' || number as row, number = twin as is_whole from written`.execute(database.db);
    await database.close();
    expect(acknowledged.length).toBeGreaterThanOrEqual(197);
    const found = new Set(rows.map(({ row }) => row));
    expect(acknowledged.filter((row) => !found.has(row))).toEqual([]);
    expect(rows.filter(({ is_whole }) => !is_whole)).toEqual([]);
  },
);

describe('a folder', () => {
  test(
    'belongs to one process; the second is told what to do, and may have it when the first is gone',
    { timeout: 120_000 },
    async () => {
      const dataDir = await newDataDir();
      const writer = startWriter(dataDir, 0);
      await once(writer.lines, 'line');
      await expect(openDatabase({ kind: 'embedded', dataDir })).rejects.toThrow(
        /in use by another process .*; stop it or set DATABASE_URL/,
      );
      await kill(writer.child);
      await (await openDatabase({ kind: 'embedded', dataDir })).close();
    },
  );

  test('is opened once within a process, too, and is free after close', async () => {
    const dataDir = await newDataDir();
    const first = await openDatabase({ kind: 'embedded', dataDir });
    await expect(openDatabase({ kind: 'embedded', dataDir })).rejects.toThrow(DatabaseInUse);
    await first.close();
    await (await openDatabase({ kind: 'embedded', dataDir })).close();
  });

  test('of another version is refused, and left as it is', async () => {
    const dataDir = await newDataDir();
    fs.writeFileSync(path.join(dataDir, 'pg', 'PG_VERSION'), '17\n');
    await expect(openDatabase({ kind: 'embedded', dataDir })).rejects.toThrow(DatabaseUnusable);
    await expect(openDatabase({ kind: 'embedded', dataDir })).rejects.toThrow('was made by PostgreSQL 17');
  });
});

test('what a power cut left of the very first creation is made anew', async () => {
  const dataDir = await newDataDir();
  fs.renameSync(path.join(dataDir, 'pg'), path.join(dataDir, 'pg.new'));
  fs.rmSync(path.join(dataDir, 'pg.new', 'global'), { recursive: true });
  const database = await openDatabase({ kind: 'embedded', dataDir });
  expect(await one(database)).toBe(1);
  await database.close();
  expect(fs.existsSync(path.join(dataDir, 'pg.new'))).toBe(false);
});

test('when the disk refuses to sync, nothing is acknowledged and the database ends', async () => {
  const dataDir = await newDataDir();
  const child = spawn(
    process.execPath,
    ['--import', beside('broken-disk.ts'), beside('broken-disk-process.ts'), dataDir],
    {
      env: { ...process.env, BROKEN_DISK: path.join(dataDir, 'broken') },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  processes.push(child);
  const said = (await child.stdout.toArray()).join('');
  expect(said).toBe(
    'before: written\nafter: DatabaseStopped: The embedded database has stopped: syncing to disk failed: EIO: i/o error, fsync\n',
  );
});

describe('when the engine breaks', () => {
  // COPY FROM STDIN ends PGlite; within several statements it is not recognised and refused.
  const poison = sql.raw('create temporary table t (a int); copy t from stdin');

  test('everything that waits is told, the owner of the process once, and what was committed is still there', async () => {
    const dataDir = await newDataDir();
    const onFatal = vi.fn<(error: Error) => void>();
    const database = await openDatabase({ kind: 'embedded', dataDir, onFatal });
    await sql`create table kept (id int); insert into kept values (1)`.execute(database.db);
    const outcomes = await Promise.allSettled([
      poison.execute(database.db),
      ...Array.from({ length: 40 }, () => one(database)), // more than there are connections
      database.transaction(async (tx) => sql`insert into kept values (2)`.execute(tx)),
    ]);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(DatabaseStopped) });
    await expect(one(database)).rejects.toThrow('The embedded database has stopped: the engine failed');
    expect(onFatal).toHaveBeenCalledOnce();
    expect(onFatal).toHaveBeenCalledWith(expect.any(DatabaseStopped));
    await database.close();

    const again = await openDatabase({ kind: 'embedded', dataDir });
    expect((await sql`select id from kept`.execute(again.db)).rows).toEqual([{ id: 1 }]);
    await again.close();
  });
});

test('close waits for what is under way', async () => {
  const database = await openDatabase({ kind: 'embedded', dataDir: await newDataDir() });
  const begun = Promise.withResolvers<void>();
  const work = database.transaction(async (tx) => {
    begun.resolve();
    await sql`select pg_sleep(0.1)`.execute(tx);
    return 'done';
  });
  await begun.promise;
  await Promise.all([expect(work).resolves.toBe('done'), database.close(), database.close()]);
});

async function newDataDir(): Promise<string> {
  const folder = await copyEmptyTemplate();
  folders.push(folder);
  return folder;
}

async function one(database: Database): Promise<number | undefined> {
  const { rows } = await sql<{ one: number }>`select 1 as one`.execute(database.db);
  return rows[0]?.one;
}

function startWriter(dataDir: string, run: number) {
  const child = spawn(process.execPath, [beside('writing-process.ts'), dataDir, String(run)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  processes.push(child);
  return { child, lines: createInterface(child.stdout) };
}

function beside(name: string): string {
  return path.join(import.meta.dirname, name);
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
