import { sql } from '../db/sql.ts';
import type { Role } from '../domain/appointment.ts';

/** Longer than any appointment may be: what starts earlier than this before `from` has ended by then. Lets the index on the start be used. */
export const LONGEST = sql`interval '8 days'`;

/** SQL: whether the appointment `a` concerns the person, as the view `audience` has it. */
export function concerns({ id, role }: { id: number; role: Role }): ReturnType<typeof sql<boolean>> {
  // An admin has part in all of them: the audience would be worked out appointment by appointment.
  if (role === 'admin') return sql<boolean>`true`;
  return sql<boolean>`a.id in (select m.appointment_id from audience m where m.user_id = ${id})`;
}
