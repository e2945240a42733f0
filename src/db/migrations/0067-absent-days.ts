import { sql, type Kysely } from 'kysely';

/** Days on which staff have said that they can't come, whether or not they have visits then. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of absences) await sql.raw(statement).execute(db);
}

const absences = [
  // Of one person no two have a day in common.
  `create table absences (
    user_id bigint not null references users (id) on delete cascade,
    -- Days of the person's own zone; both belong to it.
    first_day date not null,
    last_day date not null,
    -- Their own words, for those who plan.
    note text,
    since timestamptz not null,
    primary key (user_id, first_day),
    check (last_day >= first_day)
  )`,
];
