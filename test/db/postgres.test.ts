import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { notify } from '../../src/db/notify.ts';
import { type Db, sql } from '../../src/db/sql.ts';
import { openPostgresTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTemporaryPostgres, type TemporaryPostgres } from '../support/postgres-server.ts';

// What only a server can do to us; skipped where PostgreSQL's programs are missing.

const server: TemporaryPostgres | null = process.env.TEST_DATABASE_URL
  ? { url: process.env.TEST_DATABASE_URL, stop: async () => {} }
  : await startTemporaryPostgres({ fsync: false });

describe.skipIf(!server)('on a PostgreSQL server', () => {
  const onWarning = vi.fn<(message: string, details: Record<string, unknown>) => void>();
  let on: TestDatabase;
  let another: Database;

  beforeAll(async () => {
    on = await openPostgresTestDatabase(server?.url ?? '', { onWarning });
    another = await openDatabase(on.location);
  }, 120_000);
  beforeEach(() => onWarning.mockClear());
  afterAll(async () => {
    await another?.close();
    await on?.close();
    await server?.stop();
  });

  test('other processes hear notifications, too', async () => {
    const heard = Promise.withResolvers<string>();
    await another.listen('across', heard.resolve);
    await on.database.transaction((tx) => notify(tx, 'across', 'hello'));
    expect(await heard.promise).toBe('hello');
  });

  test('a listener that was cut off looks for itself, and then hears as before', async () => {
    const heard: string[] = [];
    await on.database.listen('cut_off', (payload) => void heard.push(payload));
    await on.database.listen('cut_off_as_well', (payload) => void heard.push(`also ${payload}`));
    await terminate(`query like 'listen cut_off%'`);
    await vi.waitFor(() => expect(heard.toSorted()).toEqual(['', 'also ']), { timeout: 20_000 });
    expect(onWarning).toHaveBeenCalledWith('the connection that listens for notifications failed', {
      error: expect.objectContaining({ code: '57P01' }),
    });
    await another.transaction((tx) => notify(tx, 'cut_off', 'again'));
    await vi.waitFor(() => expect(heard).toContain('again'), { timeout: 20_000 });
  });

  test('a connection that breaks fails the transaction on it with the reason, and the next one is fine', async () => {
    const work = on.database.transaction(async (tx) => {
      await terminate(`pid = ${await pidOf(tx)}`);
      await sql`select 1`.execute(tx);
    });
    await expect(work).rejects.toThrow(/terminat|not queryable/);
    expect(await on.database.transaction(pidOf)).toBeGreaterThan(0);
  });

  test('idle connections that break are replaced', async () => {
    const pids = await Promise.all(Array.from({ length: 5 }, () => on.database.transaction(pidOf)));
    await terminate(`pid in (${pids.join(', ')})`);
    await vi.waitFor(async () => expect(pids).not.toContain(await pidOf(on.database.db)), { timeout: 20_000 });
    await Promise.all(Array.from({ length: 10 }, () => pidOf(on.database.db)));
  });

  test('transactions that lock each other are run again until both are done', async () => {
    await sql`create table counters (id int primary key, n int)`.execute(on.database.db);
    await sql`insert into counters values (1, 0), (2, 0)`.execute(on.database.db);
    const bothHaveOne = barrier(2);
    await Promise.all([raise([1, 2]), raise([2, 1])]);
    const { rows } = await sql`select n from counters order by id`.execute(on.database.db);
    expect(rows).toEqual([{ n: 2 }, { n: 2 }]);

    async function raise([first, second]: [number, number]): Promise<void> {
      await on.database.transaction(async (tx) => {
        await sql`update counters set n = n + 1 where id = ${first}`.execute(tx);
        await bothHaveOne();
        await sql`update counters set n = n + 1 where id = ${second}`.execute(tx);
      });
    }
  });

  test('times are those of UTC, wherever the server is', async () => {
    await sql`alter database ${sql.raw(new URL(urlOf(on)).pathname.slice(1))} set time zone 'Asia/Tokyo'`.execute(
      on.database.db,
    );
    const fresh = await openDatabase(on.location);
    const { rows } = await sql`select '2026-01-01 12:00Z'::timestamptz::text as at`.execute(fresh.db);
    await fresh.close();
    expect(rows).toEqual([{ at: '2026-01-01 12:00:00+00' }]);
  });

  test('a database in another encoding is refused', async () => {
    const admin = await openDatabase({ kind: 'postgres', url: server?.url ?? '', maxConnections: 1 });
    const name = `valclean_test_latin1_${process.pid}`;
    await sql.raw(`create database ${name} template template0 encoding 'LATIN1' locale 'C'`).execute(admin.db);
    const url = new URL(server?.url ?? '');
    url.pathname = `/${name}`;
    await expect(openDatabase({ kind: 'postgres', url: url.href })).rejects.toMatchObject({
      code: 'database.unusable',
    });
    await sql.raw(`drop database ${name} with (force)`).execute(admin.db);
    await admin.close();
  });

  async function terminate(condition: string): Promise<void> {
    const { rows } = await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and ${sql.raw(condition)}`.execute(another.db);
    expect(rows.length).toBeGreaterThan(0);
  }
});

test('a server that is not there is an error at once', async () => {
  await expect(openDatabase({ kind: 'postgres', url: 'postgres://nobody@127.0.0.1:1/none' })).rejects.toThrow(
    'ECONNREFUSED',
  );
});

async function pidOf(db: Db): Promise<number> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
  return rows[0]?.pid ?? 0;
}

function urlOf({ location }: TestDatabase): string {
  if (location.kind !== 'postgres') throw new Error('not on a server');
  return location.url;
}

/** The first `count` callers wait for each other; later ones pass. */
function barrier(count: number): () => Promise<void> {
  const full = Promise.withResolvers<void>();
  let waiting = 0;
  return () => {
    if (++waiting >= count) full.resolve();
    return full.promise;
  };
}
