import type { UserJson } from '../../../api-contract/users.ts';
import type { User } from '../../../domain/user.ts';

/** A person as administrators and managers see them. */
export function userJson(user: User): UserJson {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    phone: user.phone,
    role: user.role,
    time_zone: user.timeZone,
    language: user.language,
    manager_id: user.managerId,
    is_active: user.isActive,
    is_invited: !user.hasPassword,
    calendar_sync_enabled: user.calendarSyncEnabled,
    version: user.version,
    created_at: user.createdAt.toISOString(),
  };
}
