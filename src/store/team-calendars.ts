import { sql, type Db } from '../db/sql.ts';
import type { ProviderName } from '../sync/provider.ts';
import { ASKS_OWNER } from './connection-work.ts';

/** An account of somebody of the staff, as far as those who plan are told. */
export interface TeamCalendar {
  provider: ProviderName;
  status: 'active' | 'degraded' | 'reauth_required' | 'paused';
  /** The deletion guard waits for its owner's answer. */
  asksOwner: boolean;
  /** An administrator has paused its provider. */
  providerPaused: boolean;
  /** Events are on their way. */
  isWorking: boolean;
  /** Events were refused. */
  isIncomplete: boolean;
}

export interface TeamMember {
  userId: number;
  syncEnabled: boolean;
  calendars: TeamCalendar[];
}

/** The active staff with their calendars, by id: of one manager, or with `null` everybody's. What is being left is not there. */
export async function listTeamCalendars(
  db: Db,
  managerId: number | null,
  afterId: number,
  limit: number,
): Promise<TeamMember[]> {
  const found = await sql<TeamMember>`
    select u.id as "userId", u.calendar_sync_enabled as "syncEnabled", own.calendars
      from users u
      cross join lateral (
        select coalesce(json_agg(json_build_object('provider', c.provider, 'status', c.status, 'asksOwner', coalesce(${ASKS_OWNER}, false),
                 'providerPaused', coalesce(s.paused, false),
                 'isWorking', exists (select from markings m where m.connection_id = c.id) or exists (
                   select from links l where l.connection_id = c.id and l.dirty and l.state <> 'failed'),
                 'isIncomplete', exists (
                   select from links l where l.connection_id = c.id and l.dirty and l.state = 'failed')) order by c.id), '[]') as calendars
          from connections c left join provider_settings s on s.provider = c.provider
         where c.user_id = u.id and c.status not in ('disconnecting', 'disconnected')) own
     where u.role = 'staff' and u.is_active and u.id > ${afterId}
       and (${managerId}::bigint is null or u.manager_id = ${managerId})
     order by u.id limit ${limit}`.execute(db);
  return found.rows;
}
