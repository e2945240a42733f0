import type { UserJson } from '../../../../src/api-contract/users.ts';
import type { Status } from '../../components/StatusTag.tsx';

type Role = UserJson['role'];

/** What one of a role is called, and several. */
export const ROLE_WORDS: Readonly<Record<Role, { one: string; many: string; does: string }>> = {
  customer: { one: 'Customer', many: 'Customers', does: 'Books cleanings and sees their own visits.' },
  staff: { one: 'Staff', many: 'Staff', does: 'Sees the visits they are assigned to, and how to get in.' },
  manager: { one: 'Manager', many: 'Managers', does: 'Plans the work of their own team and confirms orders.' },
  admin: { one: 'Administrator', many: 'Administrators', does: 'Sees and changes everything.' },
};

export const ROLES = Object.keys(ROLE_WORDS) as Role[];

export const INACTIVE: Status = { tone: 'quiet', icon: 'minus', word: 'Deactivated' };

/** `Staff · Mark Weber’s team`. */
export function placeWords(
  person: Pick<UserJson, 'role' | 'manager_id'>,
  managers: ReadonlyMap<number, string>,
): string {
  const role = ROLE_WORDS[person.role].one;
  if (person.role !== 'staff') return role;
  const manager = person.manager_id === null ? null : managers.get(person.manager_id);
  if (manager === null) return `${role} · no manager`;
  return manager === undefined ? role : `${role} · ${manager}’s team`;
}

/** What a deactivation means, before it is done. */
export function deactivationWords(name: string): string {
  return `${name} can’t sign in any more, their calendars are disconnected and our events in them are removed. Their past work stays. You can activate them again later.`;
}
