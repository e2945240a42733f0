import { sql, type Kysely } from 'kysely';

/** Staff who have said that they can't come: they stay on the team until somebody else is found. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of absences) await sql.raw(statement).execute(db);
}

const absences = [
  `alter table assignments
    add column absent_since timestamptz,
    -- Their own words, for those who plan.
    add column absence_note text`,
  // The few that need somebody, among all.
  `create index assignments_absent on assignments (appointment_id) where absent_since is not null`,
];
