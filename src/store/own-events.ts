import { sql, type Db } from '../db/sql.ts';

/** Ids of the person's own acknowledged Google events, by appointment. Of two accounts the one connected first counts. */
export async function googleEventIds(
  db: Db,
  appointmentIds: readonly number[],
  userId: number,
): Promise<Map<number, string>> {
  const found = await sql<{ appointment_id: number; remote_id: string }>`
    select distinct on (l.appointment_id) l.appointment_id, l.remote_id
      from links l join connections c on c.id = l.connection_id
     where l.appointment_id = any(${[...appointmentIds]}::bigint[]) and c.user_id = ${userId}
       and c.provider = 'google' and c.status <> 'disconnected' and l.remote_id is not null
     order by l.appointment_id, c.id`.execute(db);
  return new Map(found.rows.map((row) => [row.appointment_id, row.remote_id]));
}
