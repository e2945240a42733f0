import { sql, type Db } from '../db/sql.ts';
import type { Role } from '../domain/appointment.ts';

/** What booking depends on. */
export interface Person {
  id: number;
  role: Role;
  isActive: boolean;
  managerId: number | null;
  /** IANA. */
  timeZone: string;
}

/** Those who exist, by id. */
export async function loadPeople(db: Db, ids: readonly number[]): Promise<Map<number, Person>> {
  if (ids.length === 0) return new Map();
  const found = await sql<Person>`
    select id, role, is_active as "isActive", manager_id as "managerId", time_zone as "timeZone"
      from users where id = any(${ids}::bigint[])`.execute(db);
  return new Map(found.rows.map((person) => [person.id, person]));
}

/** The zone in which a person's days are meant. */
export async function zoneOf(db: Db, userId: number): Promise<string> {
  return (await loadPeople(db, [userId])).get(userId)?.timeZone ?? 'Etc/UTC';
}
