import fs from 'node:fs';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { DatabaseUnusable } from '../errors.ts';
import { DurableNodeFS } from './durable-node-fs.ts';
import { fsyncPath, fsyncTree } from './fsync.ts';

/** PostgreSQL's major version inside the pinned PGlite; a folder of another one cannot be opened. */
export const ENGINE_MAJOR = '18';

/** Settings that make a commit durable; `self-check.ts` reads them back. */
export const DURABLE_SETTINGS = {
  fsync: 'on',
  wal_sync_method: 'fsync',
  synchronous_commit: 'on',
  full_page_writes: 'on',
} as const;

const SMALL_SETTINGS = {
  // 270 MB of memory instead of 550 (measured): one session needs no more.
  shared_buffers: '16MB',
  wal_buffers: '1MB',
  work_mem: '4MB',
  max_connections: '5',
  // WAL segments are kept for reuse up to here; the defaults (80 MB and 1 GB) are a server's.
  min_wal_size: '32MB',
  max_wal_size: '64MB',
} as const;

/**
 * Kept statements (`kept-statements.ts`) are planned once, not for each set of values: planning takes longer than running
 * them, and left to itself PostgreSQL plans everything with `= any(…)` anew each time. So a condition that values switch off
 * (`$1 is null or …`) uses no index: leave it out of the text instead.
 */
const PLANNING = {
  plan_cache_mode: 'force_generic_plan',
  // Tables are in memory, of the engine or of the system: with the default of 4, for turning discs, a statement for 30 rows
  // reads whole tables (measured: half of the time of the worker's statements with 2,000 accounts).
  random_page_cost: '1.1',
  // ANALYZE reads 300 rows for each: 0.05 s for any table instead of 0.3 (measured), in which nobody is served.
  default_statistics_target: '10',
} as const;

/** The running database and the file system under it. */
export interface Engine {
  pg: PGlite;
  files: DurableNodeFS;
}

/** Called when the engine cannot be trusted any more; must end the thread. */
export type Die = (reason: string) => never;

/**
 * Opens `dataDir/pg`. The first time it is made beside its place, synced as a whole and renamed, so that a power cut leaves
 * all of it or nothing.
 */
export async function openEngine(dataDir: string, die: Die): Promise<Engine> {
  const place = path.join(dataDir, 'pg');
  if (!fs.existsSync(place)) await createAt(place, die);
  assertVersion(place);
  return start(place, die);
}

async function createAt(place: string, die: Die): Promise<void> {
  const fresh = `${place}.new`;
  fs.rmSync(fresh, { recursive: true, force: true });
  const { pg } = await start(fresh, die);
  await pg.exec('checkpoint');
  await pg.close();
  fsyncTree(fresh);
  fs.renameSync(fresh, place);
  fsyncPath(path.dirname(place));
}

function assertVersion(place: string): void {
  const found = fs.readFileSync(path.join(place, 'PG_VERSION'), 'utf8').trim();
  if (found === ENGINE_MAJOR) return;
  throw new DatabaseUnusable(
    `${place} was made by PostgreSQL ${found}, this program has ${ENGINE_MAJOR}: open it with the version of this program that made it, and move the data by its backup.`,
  );
}

async function start(directory: string, die: Die): Promise<Engine> {
  const files = new DurableNodeFS(directory, (error) => die(`syncing to disk failed: ${describe(error)}`));
  const pg = await PGlite.create({ fs: files, startParams: startParams() });
  watchMainLoop(pg, die);
  return { pg, files };
}

function startParams(): string[] {
  const settings = Object.entries({ ...DURABLE_SETTINGS, ...SMALL_SETTINGS, ...PLANNING });
  return [
    ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'), // -F turns fsync off
    ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

/** PGlite ends its main loop by this status when a statement failed, which is an everyday matter. */
const STATEMENT_FAILED = 100;

/**
 * PGlite swallows whatever escapes PostgreSQL's main loop and goes on. After a trap, an abort (PANIC) or an exit (FATAL) the
 * memory cannot be trusted; what is committed is on disk, so the thread ends as a crashed server would.
 */
function watchMainLoop(pg: PGlite, die: Die): void {
  const module = pg.Module as unknown as { _PostgresMainLoopOnce: () => void };
  const runOnce = module._PostgresMainLoopOnce;
  module._PostgresMainLoopOnce = () => {
    try {
      runOnce();
    } catch (error) {
      if (statusOf(error) !== STATEMENT_FAILED) die(`the engine failed: ${describe(error)}`);
      throw error;
    }
  };
}

function statusOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
}

/** Emscripten throws objects that are no errors, with a message. */
export function describe(error: unknown): string {
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return String(message);
}
