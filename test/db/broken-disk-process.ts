import fs from 'node:fs';
import { openDatabase } from '../../src/db/database.ts';
import { sql } from '../../src/db/sql.ts';

// Says what becomes of one row before the disk breaks, and of one after.

const dataDir = process.argv[2] ?? '';
const database = await openDatabase({ kind: 'embedded', dataDir });
await sql`create table t (id int)`.execute(database.db);
await say('before');
fs.writeFileSync(process.env.BROKEN_DISK ?? '', '');
await say('after');
await database.close();

async function say(when: string): Promise<void> {
  process.stdout.write(`${when}: ${await insert()}\n`);
}

async function insert(): Promise<string> {
  try {
    await sql`insert into t values (1)`.execute(database.db);
    return 'written';
  } catch (error) {
    return String(error);
  }
}
