import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jsonb, sql } from '../../src/db/sql.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

let on: TestDatabase;
beforeAll(async () => {
  on = await openTestDatabase();
});
afterAll(() => on?.close());

describe('values arrive', () => {
  test.each([
    ['int8 as number', sql`9007199254740991::int8`, Number.MAX_SAFE_INTEGER],
    ['int8[] as numbers', sql`array[1, null, -3]::int8[]`, [1, null, -3]],
    [
      'int4[] as numbers',
      sql`array[[1, 2], [3, 4]]::int4[]`,
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['numeric as text, exactly', sql`1.10::numeric`, '1.10'],
    ['numeric[] as text', sql`array[0.1, 1e20]::numeric[]`, ['0.1', '100000000000000000000']],
    ['timestamptz as Date', sql`'2026-03-29 03:30:00.123+02'::timestamptz`, new Date('2026-03-29T01:30:00.123Z')],
    ['timestamptz[] as Dates', sql`array['2026-01-01 00:00Z']::timestamptz[]`, [new Date('2026-01-01T00:00:00Z')]],
    ['date as text', sql`'2026-03-29'::date`, '2026-03-29'],
    ['time as text', sql`'07:30'::time`, '07:30:00'],
    ['timestamp as text', sql`'2026-03-29 02:30'::timestamp`, '2026-03-29 02:30:00'],
    ['interval as text', sql`'90 minutes'::interval`, '01:30:00'],
    ['jsonb parsed', sql`'{"a": [1, "ü"]}'::jsonb`, { a: [1, 'ü'] }],
    ['bytea as Buffer', sql`'\\x00ff'::bytea`, Buffer.from([0, 255])],
    ['boolean', sql`true`, true],
    ['text[] with quotes and commas', sql`array['a,b', 'c"d', null]`, ['a,b', 'c"d', null]],
    ['null', sql`null::int8`, null],
  ])('%s', async (_name, expression, wanted) => {
    const { rows } = await sql<{ value: unknown }>`select ${expression} as value`.execute(on.database.db);
    expect(rows).toEqual([{ value: wanted }]);
  });

  test('and what does not fit is an error of that statement only', async () => {
    await expect(sql`select 9007199254740993::int8`.execute(on.database.db)).rejects.toThrow('does not fit');
    expect(await count(1)).toBe(1);
  });
});

describe('values are sent', () => {
  test('bound, never pasted', async () => {
    const name = `'; drop table users; -- ${'$1'} \\`;
    const { rows } = await sql<{ name: string }>`select ${name}::text as name`.execute(on.database.db);
    expect(rows).toEqual([{ name }]);
  });

  test('arrays for any(), dates as instants, documents by jsonb()', async () => {
    const at = new Date('2026-10-25T00:30:00.000Z');
    const { rows } = await sql<Record<string, unknown>>`
      select 2 = any(${[1, 2]}::bigint[]) as found, ${at}::timestamptz as at, ${jsonb([{ a: "o'clock" }])} as document`.execute(
      on.database.db,
    );
    expect(rows).toEqual([{ found: true, at, document: [{ a: "o'clock" }] }]);
  });
});

test('a faulty statement carries its SQLSTATE and harms nobody else', async () => {
  const outcomes = await Promise.allSettled([
    sql`selec`.execute(on.database.db),
    count(10),
    sql`select 1 / 0`.execute(on.database.db),
    count(20),
  ]);
  expect(outcomes).toMatchObject([
    { reason: { code: '42601' } },
    { value: 10 },
    { reason: { code: '22012' } },
    { value: 20 },
  ]);
});

test('many answers at once, small, large and faulty, are never mixed up', async () => {
  const wanted = Array.from({ length: 400 }, (_, number) => ({ number, rows: number % 40 === 0 ? 3000 : number % 5 }));
  const answers = await Promise.all(
    wanted.map(({ number, rows }) => (number % 7 === 6 ? fail(number) : series(number, rows))),
  );
  for (const [at, { number, rows }] of wanted.entries()) {
    if (number % 7 === 6) expect(answers[at]).toBe('22P02');
    else expect(answers[at]).toEqual({ rows, numbers: rows > 0 ? [number] : [] });
  }
});

test('a value of 20 MB goes there and back', async () => {
  const large = 'äb\n'.repeat(5_000_000);
  const { rows } = await sql<{ large: string }>`select ${large}::text as large`.execute(on.database.db);
  expect(rows[0]?.large === large).toBe(true);
});

async function count(to: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from generate_series(1, ${to}::int)`.execute(
    on.database.db,
  );
  return rows[0]?.n ?? -1;
}

async function series(number: number, length: number): Promise<{ rows: number; numbers: number[] }> {
  const { rows } = await sql<{ number: number; text: string }>`
    select ${number}::int as number, repeat(md5(i::text), 10) as text from generate_series(1, ${length}::int) i`.execute(
    on.database.db,
  );
  return { rows: rows.length, numbers: [...new Set(rows.map((row) => row.number))] };
}

async function fail(number: number): Promise<unknown> {
  try {
    return await sql`select ${`x${number}`}::text::int`.execute(on.database.db);
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}
