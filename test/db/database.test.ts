import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../../src/db/sql.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

let on: TestDatabase;
beforeAll(async () => {
  on = await openTestDatabase();
});
afterAll(() => on.close());

test('a statement and its values', async () => {
  const found = await sql<{ sum: number }>`select ${40}::int + ${2}::int as sum`.execute(on.database.db);
  expect(found.rows).toEqual([{ sum: 42 }]);
});
