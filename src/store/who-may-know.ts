import { sql, type Db } from '../db/sql.ts';
import type { Role } from '../domain/appointment.ts';
import { knowsAppointment, knowsOrder } from './access.ts';

/*
 * Who of those who follow the news may know of a thing, by the same conditions by which every answer is made. A condition is
 * asked only of people who can come into question at all; `reader` is the person.
 */

/** One of those who follow. */
export interface Follower {
  id: number;
  role: Role;
  managerId: number | null;
  isActive: boolean;
}

type Fragment = ReturnType<typeof sql>;

export async function loadFollowers(db: Db, userIds: readonly number[]): Promise<Follower[]> {
  const found = await sql<Follower>`
    select id, role, manager_id as "managerId", is_active as "isActive"
      from users where id = any(${[...userIds]}::bigint[])`.execute(db);
  return found.rows;
}

export interface KnownAppointment {
  userId: number;
  appointmentId: number;
  /** `null` for those who see no orders. */
  orderId: number | null;
}

/** Pairs of people and appointments that they may know of. */
export async function whoKnowsAppointments(
  db: Db,
  appointmentIds: readonly number[],
  userIds: readonly number[],
): Promise<KnownAppointment[]> {
  if (appointmentIds.length === 0 || userIds.length === 0) return [];
  const found = await sql<KnownAppointment>`
    with asked as (
      select id, order_id from appointments where id = any(${[...appointmentIds]}::bigint[])
    ), candidates as (
      select p.customer_id as user_id, asked.id as appointment_id from asked join orders p on p.id = asked.order_id
      union
      select s.user_id, s.appointment_id from asked join assignments s on s.appointment_id = asked.id
      union
      select m.id, asked.id from asked cross join users m
       where m.id = any(${[...userIds]}::bigint[]) and m.role in ('manager', 'admin')
    )
    select reader.id as "userId", a.id as "appointmentId",
           case when reader.role <> 'staff' then a.order_id end as "orderId"
      from candidates join users reader on reader.id = candidates.user_id
      join appointments a on a.id = candidates.appointment_id
     where reader.id = any(${[...userIds]}::bigint[]) and reader.is_active and ${byRole(knowsAppointment)}`.execute(db);
  return found.rows;
}

/** Pairs of people and orders that they may know of. */
export async function whoKnowsOrders(
  db: Db,
  orderIds: readonly number[],
  userIds: readonly number[],
): Promise<{ userId: number; orderId: number }[]> {
  if (orderIds.length === 0 || userIds.length === 0) return [];
  const found = await sql<{ userId: number; orderId: number }>`
    select reader.id as "userId", o.id as "orderId" from orders o join users reader on reader.id = any(${[...userIds]}::bigint[])
     where o.id = any(${[...orderIds]}::bigint[]) and reader.is_active
       and (reader.role in ('manager', 'admin') or reader.id = o.customer_id) and ${byRole(knowsOrder)}`.execute(db);
  return found.rows;
}

function byRole(knows: (reader: { id: Fragment; role: Role }) => Fragment): Fragment {
  const roles: readonly Role[] = ['customer', 'staff', 'manager', 'admin'];
  const cases = roles.map((role) => sql`when ${sql.lit(role)} then ${knows({ id: sql`reader.id`, role })}`);
  return sql`case reader.role ${sql.join(cases, sql` `)} end`;
}

/** An account with what its owner is told of it. */
export interface FollowedAccount {
  id: number;
  userId: number;
  /** Of its owner; sees its rows in ledgers. */
  managerId: number | null;
  /** While it is being filled. */
  backfill: { done: number; total: number } | null;
}

/** Of these accounts; the progress only of those that belong to the people who follow: it is counted. */
export async function loadFollowedAccounts(
  db: Db,
  connectionIds: readonly number[],
  userIds: readonly number[],
): Promise<FollowedAccount[]> {
  if (connectionIds.length === 0) return [];
  const found = await sql<Omit<FollowedAccount, 'backfill'> & { total: number | null; pending: number }>`
    select c.id, c.user_id as "userId", u.manager_id as "managerId", b.total, coalesce(n.pending, 0) as pending
      from connections c join users u on u.id = c.user_id
      left join backfills b on b.connection_id = c.id and c.user_id = any(${[...userIds]}::bigint[])
      left join lateral (
        select count(*)::int as pending from links l
         where l.connection_id = c.id and l.dirty and l.state <> 'failed' and l.priority = 1 and not l.recheck
           and b.total > 0) n on true
     where c.id = any(${[...connectionIds]}::bigint[])`.execute(db);
  return found.rows.map(({ total, pending, ...account }) => ({
    ...account,
    backfill: total !== null && pending > 0 ? { total, done: Math.max(0, total - pending) } : null,
  }));
}
