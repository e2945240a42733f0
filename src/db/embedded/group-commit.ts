import { DatabaseUnusable } from '../errors.ts';
import type { Engine } from './engine.ts';
import { join, message } from './wire.ts';

/** Puts everything committed so far onto the disk. @throws when it is not certain that it lies there */
export type Flush = () => Promise<void>;

/** A message without meaning, only when there is something to flush: it is written behind everything else, and waited for. */
const FLUSH_SQL = `select case when pg_current_wal_insert_lsn() > pg_current_wal_flush_lsn()
  then pg_logical_emit_message(false, 'flush', '', true) end`;

const ERROR_RESPONSE = 0x45; // E

/**
 * Lets commits return before they are on disk; whoever hands out their answers calls the function returned before. A sync
 * takes a millisecond and more, and so one serves all that were committed meanwhile.
 *
 * @throws DatabaseUnusable when a flush does not reach the disk, or a commit does without one
 */
export async function beginGroupCommit({ pg, files }: Engine): Promise<Flush> {
  await pg.exec('set synchronous_commit = off');
  const parse = message('P', Buffer.from(`flush\0${FLUSH_SQL}\0\0\0`));
  const run = join(message('B', Buffer.from('\0flush\0\0\0\0\0\0\0')), message('E', Buffer.alloc(5)), message('S', []));
  await runMessages(join(parse, message('S', [])));
  await prove();
  return () => runMessages(run);

  async function runMessages(bytes: Uint8Array): Promise<void> {
    let failed = false;
    await pg.execProtocolRawStream(bytes, {
      syncToFs: false,
      onRawData: (piece) => {
        failed ||= piece[0] === ERROR_RESPONSE;
      },
    });
    if (failed) throw new Error('commits could not be flushed');
  }

  async function prove(): Promise<void> {
    await runMessages(run);
    const before = files.fsyncs;
    await runMessages(run);
    const idle = files.fsyncs;
    await pg.query(`select pg_logical_emit_message(true, 'start', '')`);
    const committed = files.fsyncs;
    await runMessages(run);
    if (idle === before && committed === idle && files.fsyncs > committed) return;
    throw new DatabaseUnusable(
      'The embedded database cannot gather commits for one sync to disk. This version of PGlite does not fit this program; install the pinned one (npm ci), or set DATABASE_URL.',
    );
  }
}
