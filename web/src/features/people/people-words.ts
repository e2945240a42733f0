import type { UserJson } from '../../../../src/api-contract/users.ts';
import type { Status } from '../../components/StatusTag.tsx';
import { t } from '../../lib/t.ts';

type Role = UserJson['role'];

export const ROLES = ['customer', 'staff', 'manager', 'admin'] as const satisfies readonly Role[];

export function inactiveStatus(): Status {
  return { tone: 'quiet', icon: 'minus', word: t('people.deactivated') };
}

export function invitedStatus(): Status {
  return { tone: 'busy', icon: 'mail', word: t('people.invited') };
}

/** `Staff · Mark Weber’s team`. */
export function placeWords(
  person: Pick<UserJson, 'role' | 'manager_id'>,
  managers: ReadonlyMap<number, string>,
): string {
  const role = t(`people.role.${person.role}`);
  if (person.role !== 'staff') return role;
  if (person.manager_id === null) return t('people.withoutManager');
  const manager = managers.get(person.manager_id);
  return manager === undefined ? role : t('people.inTeam', { manager });
}
