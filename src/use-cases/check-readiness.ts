import { SECOND } from '../base/time.ts';
import type { Database } from '../db/database.ts';
import { migrations } from '../db/migrations/list.ts';
import { BusinessError } from '../domain/errors.ts';
import { appliedMigrations } from '../store/applied-migrations.ts';

/** Whoever asks wants to know soon; a database that needs longer is not ready. */
const LONGEST_MS = 2 * SECOND;

/** Passes when the database answers and has every migration. @throws BusinessError 503 `not_ready` */
export async function checkReadiness(database: Database): Promise<void> {
  const applied = await inTime(readMigrations(database));
  const missing = Object.keys(migrations).filter((name) => !applied.includes(name));
  if (missing.length > 0) throw notReady(`Migrations are missing: ${missing.join(', ')}. Run the migrate command.`);
}

/** Whatever keeps the database from answering, it is not ready; the log of the database says more. */
async function readMigrations(database: Database): Promise<string[]> {
  try {
    return await appliedMigrations(database.db);
  } catch (error) {
    throw notReady('The database does not answer.', error);
  }
}

async function inTime(reading: Promise<string[]>): Promise<string[]> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(notReady('The database does not answer.')), LONGEST_MS);
  try {
    return await Promise.race([reading, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function notReady(message: string, cause?: unknown): BusinessError {
  return new BusinessError('unavailable', 'not_ready', message, { retryAfterSeconds: 5, cause });
}
