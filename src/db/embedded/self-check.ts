import { DatabaseUnusable } from '../errors.ts';
import { DURABLE_SETTINGS, type Engine } from './engine.ts';

/**
 * Proves that a commit reaches the disk: the settings are in force, and one commit (of a WAL message that changes nothing)
 * calls the fsync hook. PGlite is free to move what the hook hangs on, in any release.
 *
 * @throws DatabaseUnusable otherwise.
 */
export async function checkDurability({ pg, files }: Engine): Promise<void> {
  for (const [name, wanted] of Object.entries(DURABLE_SETTINGS)) {
    const found = await pg.query<{ value: string }>('select current_setting($1) as value', [name]);
    const value = found.rows[0]?.value;
    if (value !== wanted)
      throw new DatabaseUnusable(`The embedded database runs with ${name}=${value}, not ${wanted}.`);
  }
  const before = files.fsyncs;
  await pg.query(`select pg_logical_emit_message(true, 'start', '')`);
  if (files.fsyncs > before) return;
  throw new DatabaseUnusable(
    'The embedded database does not sync its commits to disk (its fsync hook was not called), so a power cut would lose data. This version of PGlite does not fit this program; install the pinned one (npm ci), or set DATABASE_URL.',
  );
}
