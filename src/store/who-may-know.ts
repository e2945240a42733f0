import { sql, type Db } from '../db/sql.ts';
import type { Role } from '../domain/appointment.ts';
import { knowsAppointment, knowsOrder } from './access.ts';
import { IN_FILLING } from './connection-work.ts';

/*
 * Who of those who follow the news may know of a thing, by the same conditions by which every answer is made. A condition is
 * asked only of people who can come into question at all; `reader` is the person.
 */

/** One of those who follow. */
export interface Follower {
  id: number;
  role: Role;
}

type Fragment = ReturnType<typeof sql>;

/** Those of these people who have an account still. */
export async function loadFollowers(db: Db, userIds: readonly number[]): Promise<Follower[]> {
  const found = await sql<Follower>`
    select id, role from users where id = any(${[...userIds]}::bigint[]) and is_active`.execute(db);
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

/** An account of whose owner, and of whom it is written in ledgers, somebody may follow. */
export interface FollowedAccount {
  id: number;
  userId: number;
  /** Of its owner; sees its rows in ledgers. */
  managerId: number | null;
  /** It belongs to one of those who follow, and is being filled. */
  isFilling: boolean;
}

export async function loadFollowedAccounts(
  db: Db,
  connectionIds: readonly number[],
  userIds: readonly number[],
): Promise<FollowedAccount[]> {
  if (connectionIds.length === 0) return [];
  const found = await sql<FollowedAccount>`
    select c.id, c.user_id as "userId", u.manager_id as "managerId",
           c.user_id = any(${[...userIds]}::bigint[])
             and exists (select from backfills b where b.connection_id = c.id and b.total > 0)
             and (exists (select from markings m where m.connection_id = c.id and m.priority = 1)
               or exists (select from links l where ${waitsInFilling(sql`c.id`)})) as "isFilling"
      from connections c join users u on u.id = c.user_id
     where c.id = any(${[...connectionIds]}::bigint[])`.execute(db);
  return found.rows;
}

/** One of the staff, and who sees the state of their calendars beside the administrators. */
export interface StaffMember {
  id: number;
  managerId: number | null;
}

/** Who of these people, and of the owners of these accounts, is of the staff. */
export async function loadStaffBehind(
  db: Db,
  userIds: readonly number[],
  connectionIds: readonly number[],
): Promise<StaffMember[]> {
  if (userIds.length + connectionIds.length === 0) return [];
  const found = await sql<StaffMember>`
    select u.id, u.manager_id as "managerId" from users u
     where u.role = 'staff' and u.id = any(array(
       select unnest(${[...userIds]}::bigint[]) union select user_id from connections where id = any(${[...connectionIds]}::bigint[])))
    `.execute(db);
  return found.rows;
}

export interface Filling {
  userId: number;
  connectionId: number;
  done: number;
  total: number;
}

/** How far these accounts are filled; those that are filled are left out. Counts what waits: a third of a second for 100,000. */
export async function countFillings(db: Db, connectionIds: readonly number[]): Promise<Filling[]> {
  const found = await sql<Filling>`
    select c.user_id as "userId", c.id as "connectionId", b.total, greatest(0, b.total - n.pending) as done
      from connections c join backfills b on b.connection_id = c.id
      cross join lateral (
        select (select count(*) from links l where ${waitsInFilling(sql`c.id`)})::int + coalesce(
          (select sum(m.remaining) from markings m where m.connection_id = c.id and m.priority = 1), 0)::int as pending) n
     where c.id = any(${[...connectionIds]}::bigint[]) and b.total > 0 and n.pending > 0`.execute(db);
  return found.rows;
}

function waitsInFilling(connectionId: Fragment): Fragment {
  return sql`l.connection_id = ${connectionId} and l.dirty and ${IN_FILLING}`;
}
