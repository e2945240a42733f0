import type { Database } from './database.ts';
import { MigrationMismatch } from './errors.ts';
import { migrations } from './migrations/list.ts';
import { sql, type Tx } from './sql.ts';

/** Steps of the schema by name (`0001-business-and-sync`), in order; a released one is never edited. */
export type MigrationList = Readonly<Record<string, { up(tx: Tx): Promise<void> }>>;

/** Any number that nothing else locks; it makes nodes that start together migrate one after another. */
const LOCK = 8_217_001;

/**
 * Brings the schema up to this program. Each step runs in a transaction of its own, together with the row that says so, and
 * under a lock: nodes that start at once share the work.
 *
 * @returns the names of the steps that this call ran.
 * @throws MigrationMismatch when the database is newer than the program, or was made by other steps.
 */
export async function migrate(database: Database, list: MigrationList = migrations): Promise<string[]> {
  const applied: string[] = [];
  for (let name = await runNext(database, list); name !== null; name = await runNext(database, list))
    applied.push(name);
  return applied;
}

function runNext(database: Database, list: MigrationList): Promise<string | null> {
  return database.transaction(async (tx) => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx);
    const next = nextStep(Object.keys(list), await appliedSteps(tx));
    if (next === undefined) return null;
    await sql`insert into schema_migrations (name, applied_at) values (${next}, now())`.execute(tx);
    await list[next]?.up(tx);
    return next;
  });
}

async function appliedSteps(tx: Tx): Promise<string[]> {
  await sql`create table if not exists schema_migrations (
    number integer generated always as identity primary key,
    name text not null unique,
    applied_at timestamptz not null
  )`.execute(tx);
  const { rows } = await sql<{ name: string }>`select name from schema_migrations order by number`.execute(tx);
  return rows.map((row) => row.name);
}

function nextStep(known: readonly string[], applied: readonly string[]): string | undefined {
  const newer = applied.filter((name) => !known.includes(name));
  if (newer.length > 0 && known.every((name, at) => applied[at] === name)) {
    throw new MigrationMismatch(
      'database.newer_than_program',
      `The database is newer than this program: it has the migrations ${newer.join(', ')}, which the program does not know. Install the version that made them, or a later one.`,
    );
  }
  const odd = applied.findIndex((name, at) => known[at] !== name);
  if (odd < 0) return known[applied.length];
  throw new MigrationMismatch(
    'database.migrations_differ',
    `The database and this program have different migrations: number ${odd + 1} is ${applied[odd]} in the database and ${known[odd] ?? 'missing'} in the program. Use the program that belongs to this database, or another database.`,
  );
}
