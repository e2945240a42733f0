import process from 'node:process';
import { openDatabase, type Database } from '../../src/db/database.ts';
import { sql } from '../../src/db/sql.ts';
import { serveSide } from '../support/side.ts';

/* The embedded database alone: what no process that uses it can stay below. */

let database: Database | null = null;

const jobs = {
  async open({ folder }: { folder: string }): Promise<void> {
    database = await openDatabase({ kind: 'embedded', dataDir: folder });
    await sql`select count(*) from users`.execute(database.db);
  },
  pid: () => process.pid,
};

export type DatabaseJobs = typeof jobs;

serveSide(jobs, async () => {
  await database?.close();
});
