import { sql, type Db } from '../db/sql.ts';

/** Id of the person's own acknowledged Google event for an appointment. */
export async function googleEventId(db: Db, appointmentId: number, userId: number): Promise<string | null> {
  const found = await sql<{ remote_id: string }>`
    select l.remote_id from links l join connections c on c.id = l.connection_id
     where l.appointment_id = ${appointmentId} and c.user_id = ${userId} and c.provider = 'google'
       and c.status <> 'disconnected' and l.remote_id is not null order by c.id limit 1`.execute(db);
  return found.rows[0]?.remote_id ?? null;
}
