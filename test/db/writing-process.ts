import fs from 'node:fs';
import { openDatabase } from '../../src/db/database.ts';
import { sql } from '../../src/db/sql.ts';

// A process of its own: `node writing-process.ts <data folder> <run>` writes until it is killed, and says each row that was
// acknowledged, one line each. Every third row goes through a transaction of two statements.

const [dataDir = '', run = '0'] = process.argv.slice(2);
const limits = { maintenanceMs: 50, idleTransactionMs: 10_000 };
const database = await openDatabase({ kind: 'embedded', dataDir, limits });
await sql`create table if not exists written (run int, number int, twin int, primary key (run, number))`.execute(
  database.db,
);
say('ready');

let last = 0;
await Promise.all(Array.from({ length: 6 }, write));

async function write(): Promise<never> {
  for (;;) {
    const number = ++last;
    await (number % 3 === 0 ? insertInTwoSteps(number) : insert(number));
    say(String(number));
  }
}

async function insert(number: number): Promise<void> {
  await sql`insert into written values (${run}::int, ${number}, ${number})`.execute(database.db);
}

async function insertInTwoSteps(number: number): Promise<void> {
  await database.transaction(async (tx) => {
    await sql`insert into written values (${run}::int, ${number}, null)`.execute(tx);
    await sql`update written set twin = ${number} where run = ${run}::int and number = ${number}`.execute(tx);
  });
}

/** Written at once, so that a kill leaves no line behind in this process. */
function say(line: string): void {
  fs.writeSync(1, `${line}\n`);
}
