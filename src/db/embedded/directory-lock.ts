import fs from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DatabaseInUse, DatabaseUnusable } from '../errors.ts';

/** SQLite's primary result code SQLITE_BUSY; extended codes carry more in higher bits (https://www.sqlite.org/rescode.html#busy). */
const SQLITE_BUSY = 5;

/**
 * Makes this process the only owner of `directory` until the returned function is called or the process ends, however it
 * ends: the kernel drops the lock, so there is no stale file to remove. Two processes on one folder would destroy it.
 * Nobody else may open the lock's file in this process: POSIX drops all locks of a file when any handle to it is closed.
 *
 * @throws DatabaseInUse when another process, or another database of this one, has the folder; DatabaseUnusable when it
 *   cannot be written to.
 */
export function lockDirectory(directory: string): () => void {
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
  const lock = openLock(path.join(directory, '.lock'));
  try {
    lock.exec(
      'pragma busy_timeout = 0; pragma journal_mode = delete; pragma locking_mode = exclusive; begin exclusive',
    );
  } catch (error) {
    lock.close();
    if (isBusy(error)) throw new DatabaseInUse(directory, { cause: error });
    throw error;
  }
  return () => lock.close();
}

function openLock(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file);
  } catch (error) {
    throw new DatabaseUnusable(`${file} cannot be opened: may this user write there?`, { cause: error });
  }
}

function isBusy(error: unknown): boolean {
  return (
    error instanceof Error &&
    'errcode' in error &&
    typeof error.errcode === 'number' &&
    (error.errcode & 0xff) === SQLITE_BUSY
  );
}
