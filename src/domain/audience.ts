import type { Appointment, Role } from './appointment.ts';

/** What the audience depends on. The database view `audience` says the same in SQL; a test compares the two. */
export type Concerned = Pick<Appointment, 'customer' | 'team'>;

export interface AudienceMember {
  userId: number;
  role: Role;
}

/**
 * The people concerned by an appointment: its customer, each assigned staff member, the manager of each, every admin.
 * A person in several parts is listed once, in the most specific one (customer > staff > manager > admin).
 */
export function audienceOf(appointment: Concerned, adminIds: readonly number[]): AudienceMember[] {
  const members = new Map<number, Role>();
  const add = (userId: number | null, role: Role): void => {
    if (userId !== null && !members.has(userId)) members.set(userId, role);
  };
  add(appointment.customer.id, 'customer');
  for (const member of appointment.team) add(member.id, 'staff');
  for (const member of appointment.team) add(member.managerId, 'manager');
  for (const adminId of adminIds) add(adminId, 'admin');
  return [...members].map(([userId, role]) => ({ userId, role }));
}

/** The part `person` plays for the appointment, or `null` when they are not concerned. */
export function partOf(appointment: Concerned, person: { id: number; role: Role }): Role | null {
  const admins = person.role === 'admin' ? [person.id] : [];
  return audienceOf(appointment, admins).find((member) => member.userId === person.id)?.role ?? null;
}
