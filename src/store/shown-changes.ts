import { sql, type Db } from '../db/sql.ts';

/**
 * When the names and telephone numbers in these appointments' events last changed: of the service, the customer and the
 * team. Those without any such change are left out; changes of the appointment itself are told by its `updatedAt`.
 */
export async function latestShownChanges(db: Db, appointmentIds: readonly number[]): Promise<Map<number, Date>> {
  if (appointmentIds.length === 0) return new Map();
  const found = await sql<{ id: number; at: Date }>`
    select id, at from (
      select a.id, greatest(s.shown_at, c.shown_at, (select max(u.shown_at) from assignments t join users u on u.id = t.user_id
                                                      where t.appointment_id = a.id)) as at
        from appointments a
        join services s on s.id = a.service_id
        join orders o on o.id = a.order_id
        join users c on c.id = o.customer_id
       where a.id = any(${[...appointmentIds]}::bigint[])) changes
     where at is not null`.execute(db);
  return new Map(found.rows.map(({ id, at }) => [id, at]));
}
