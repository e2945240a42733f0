import { sql } from '../db/sql.ts';
import type { Role } from '../domain/appointment.ts';

/** Who asks. */
export interface Reader {
  id: number;
  role: Role;
}

type Condition = ReturnType<typeof sql<boolean>>;

/**
 * SQL: whether the reader may know of the appointment `a`. Customers: their own. Staff: those they are assigned to, and
 * their own as a customer. Managers: with at least one of their staff, and those that nobody is assigned to. Admins: all.
 */
export function knowsAppointment(reader: Reader): Condition {
  const ownOrder = sql`a.order_id in (select id from orders where customer_id = ${reader.id})`;
  switch (reader.role) {
    case 'customer':
      return sql<boolean>`${ownOrder}`;
    case 'staff':
      return sql<boolean>`(${assignedTo(reader.id)} or ${ownOrder})`;
    case 'manager':
      return sql<boolean>`(exists (select from assignments t join users u on u.id = t.user_id
                            where t.appointment_id = a.id and u.manager_id = ${reader.id})
        or not exists (select from assignments t where t.appointment_id = a.id))`;
    case 'admin':
      return sql<boolean>`true`;
  }
}

/** SQL: whether the person is on the team of the appointment `a`. */
export function assignedTo(userId: number): Condition {
  return sql<boolean>`exists (select from assignments t where t.appointment_id = a.id and t.user_id = ${userId})`;
}

/**
 * SQL: whether the reader may know of the order `o`. Managers: those with an appointment that they know of; while there
 * are no appointments yet, those with an item that names one of their staff, or nobody. Staff: none.
 */
export function knowsOrder(reader: Reader): Condition {
  switch (reader.role) {
    case 'customer':
      return sql<boolean>`o.customer_id = ${reader.id}`;
    case 'staff':
      return sql<boolean>`false`;
    case 'manager':
      return sql<boolean>`(exists (select from appointments a where a.order_id = o.id and ${knowsAppointment(reader)})
        or (not exists (select from appointments a where a.order_id = o.id)
            and exists (select from order_items i where i.order_id = o.id and (i.staff_ids = '{}'
                  or i.staff_ids && array(select id from users where manager_id = ${reader.id})))))`;
    case 'admin':
      return sql<boolean>`true`;
  }
}
