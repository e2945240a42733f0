import { type Kysely, type RawBuilder, type Transaction, sql } from 'kysely';

/** Kysely's template tag: `` sql<Row>`select … where id = ${id}`.execute(db) ``. Everything in `${}` is bound, never pasted. */
export { sql };

/** What a reading function of the store takes: the database's handle or an open transaction. */
export type Db = Kysely<unknown>;

/** What a writing function of the store takes: the caller's open transaction. */
export type Tx = Transaction<unknown>;

/** Binds a value for a `jsonb` column. Without it the driver would send arrays in PostgreSQL's array syntax. */
export function jsonb<T>(value: T): RawBuilder<T> {
  return sql<T>`${JSON.stringify(value)}::jsonb`;
}
