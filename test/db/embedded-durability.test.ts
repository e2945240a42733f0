import fs from 'node:fs';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { afterEach, expect, test, vi } from 'vitest';
import { DurableNodeFS } from '../../src/db/embedded/durable-node-fs.ts';
import { ENGINE_MAJOR, openEngine } from '../../src/db/embedded/engine.ts';
import { beginGroupCommit } from '../../src/db/embedded/group-commit.ts';
import { checkDurability } from '../../src/db/embedded/self-check.ts';
import { copyEmptyTemplate } from '../support/database.ts';

// The engine runs in this thread here, to look at its fsyncs.

// Each test opens databases anew, which takes its time on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const folders: string[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
});

test('each commit syncs its WAL, a read does not, and a checkpoint syncs data and folders', async () => {
  const { pg, files } = await openEngine(await newDataDir(), never);
  await checkDurability({ pg, files });
  await pg.exec('create table t (id int)');
  const synced = vi.spyOn(fs, 'fsyncSync');

  for (let id = 0; id < 5; id++) await pg.query('insert into t values ($1)', [id]);
  expect(synced).toHaveBeenCalledTimes(5);
  await pg.query('select * from t');
  expect(synced).toHaveBeenCalledTimes(5);
  await pg.exec('begin; insert into t values (5); rollback');
  expect(synced).toHaveBeenCalledTimes(5);

  const opened = vi.spyOn(fs, 'openSync');
  await pg.exec('checkpoint');
  expect(synced.mock.calls.length).toBeGreaterThan(10);
  const foldersSynced = opened.mock.calls.map(([target]) => path.basename(String(target)));
  expect(foldersSynced).toContain('pg_xact');
  await pg.close();
});

test('gathered commits are synced once, when they are flushed, and reads are not', async () => {
  const engine = await openEngine(await newDataDir(), never);
  const flush = await beginGroupCommit(engine);
  const { pg } = engine;
  await pg.exec('create table t (id int)');
  await flush();
  const synced = vi.spyOn(fs, 'fsyncSync');

  for (let id = 0; id < 5; id++) await pg.query('insert into t values ($1)', [id]);
  expect(synced).not.toHaveBeenCalled();
  await flush();
  expect(synced).toHaveBeenCalledOnce();
  await pg.query('select * from t');
  await flush();
  expect(synced).toHaveBeenCalledOnce();
  await pg.close();
});

test('gathering commits is refused when a flush would not reach the disk', async () => {
  const engine = await openEngine(await newDataDir(), never);
  // As if PGlite called another hook than the one that counts.
  const files = { ...engine.files, fsyncs: 7 } as typeof engine.files;
  await expect(beginGroupCommit({ pg: engine.pg, files })).rejects.toThrow('cannot gather commits');
  await engine.pg.close();
});

test('the engine is the version that folders are checked against', async () => {
  const { pg } = await openEngine(await newDataDir(), never);
  const { rows } = await pg.query<{ server_version: string }>('show server_version');
  expect(rows[0]?.server_version.split('.')[0]).toBe(ENGINE_MAJOR);
  await pg.close();
});

test('a file system whose hook is not called is refused', async () => {
  const place = path.join(await newDataDir(), 'pg');
  const withoutF = PGlite.defaultStartParams.filter((parameter) => parameter !== '-F');
  const pg = await PGlite.create({ fs: new NodeFS(place), startParams: [...withoutF, '-c', 'wal_sync_method=fsync'] });
  const files = new DurableNodeFS(place, never); // not the one that PGlite uses
  await expect(checkDurability({ pg, files })).rejects.toThrow('does not sync its commits to disk');
  await pg.close();
});

test('an engine that is told not to sync is refused', async () => {
  const place = path.join(await newDataDir(), 'pg');
  const files = new DurableNodeFS(place, never);
  const pg = await PGlite.create({ fs: files }); // as shipped, with -F
  await expect(checkDurability({ pg, files })).rejects.toThrow('fsync=off, not on');
  await pg.close();
});

function never(reason: unknown): never {
  throw new Error(String(reason));
}

async function newDataDir(): Promise<string> {
  const folder = await copyEmptyTemplate();
  folders.push(folder);
  return folder;
}
