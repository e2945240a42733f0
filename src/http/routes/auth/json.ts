import type { MeJson, SessionJson } from '../../../api-contract/accounts.ts';
import type { User } from '../../../domain/user.ts';
import type { Session } from '../../../use-cases/accounts/sessions.ts';

/** A person as they see themselves. */
export function meJson(user: User): MeJson {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    phone: user.phone,
    role: user.role,
    time_zone: user.timeZone,
    language: user.language,
    manager_id: user.managerId,
    calendar_sync_enabled: user.calendarSyncEnabled,
    version: user.version,
  };
}

export function sessionJson({ accessToken, refreshToken, expiresIn, user }: Session): SessionJson {
  return {
    access_token: accessToken,
    refresh_token: refreshToken,
    token_type: 'Bearer',
    expires_in: expiresIn,
    user: meJson(user),
  };
}
