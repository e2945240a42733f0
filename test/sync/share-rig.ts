import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import type { Caller } from '../../src/use-cases/context.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { startRig, type Rig, type RigOptions } from './rig.ts';

/** What the tests of a file share. */
export interface SharedRig {
  database: Database;
  rig: Rig;
  /** Has no calendar. */
  admin: Caller;
}

/**
 * Starts a rig on a database of its own before the tests of a file, gives it to `take`, and ends both after them. After each
 * test, and after the file's own `afterEach`, nothing may have gone wrong in the workers.
 */
export function shareRig(take: (shared: SharedRig) => void, options: RigOptions = {}): void {
  let opened: TestDatabase;
  let rig: Rig;

  beforeAll(async () => {
    opened = await openTestDatabase();
    const { database } = opened;
    rig = await startRig(database, options);
    take({ database, rig, admin: await rig.person('admin') });
  });

  afterEach(() => expect(rig.errors.splice(0)).toEqual([]));

  afterAll(async () => {
    await rig.close();
    await opened.close();
  });
}
