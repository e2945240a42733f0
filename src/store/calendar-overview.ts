import { sql, type Db } from '../db/sql.ts';
import type { CalendarKind, ProviderName } from '../sync/provider.ts';
import type { Role } from '../domain/appointment.ts';
import type { GuardQuestion } from '../sync/store.ts';
import type { ActivityWord } from './activity.ts';
import { concerns } from './concerned.ts';
import { ASKS_OWNER, IN_FILLING } from './connection-work.ts';

/** Of the coming appointments that belong into a calendar, the soonest {@link UPCOMING_COUNTED}. */
export interface Upcoming {
  total: number;
  /** Are in it as they should be. */
  written: number;
  /** Were deleted there by its owner; not among the others. */
  hidden: number;
  /** There may be others after these. */
  more: boolean;
}

/** All of an administrator's hundred thousand took 0.4 s on the embedded database, in which everybody else waits. */
const UPCOMING_COUNTED = 1000;

export interface ConnectionOverview {
  id: number;
  provider: ProviderName;
  status: 'active' | 'degraded' | 'reauth_required' | 'paused' | 'disconnecting';
  accountEmail: string;
  calendarId: string | null;
  calendarName: string | null;
  calendarKind: CalendarKind;
  lastSyncedAt: Date | null;
  errorCode: string | null;
  question: GuardQuestion | null;
  backfillTotal: number;
  /** Links that wait to be written or to be marked, those of the first filling among them. */
  pending: number;
  backfillPending: number;
  failed: number;
  upcoming: Upcoming;
  lastChange: {
    kind: ActivityWord;
    code: string | null;
    count: number | null;
    appointmentId: number | null;
    at: string;
  } | null;
}

/** A person's connections with their progress, in the order in which they were made; what starts in `[from, until)` is counted. */
export async function connectionOverviews(
  db: Db,
  userId: number,
  from: Date,
  until: Date,
): Promise<ConnectionOverview[]> {
  // The next ones are found in an index alone, then read: read at once, PostgreSQL sorts the whole calendar (49 ms, not 8).
  const found = await sql<ConnectionOverview>`
    select c.id, c.provider, c.status, c.account_email as "accountEmail", c.calendar_id as "calendarId",
           c.calendar_name as "calendarName", c.calendar_kind as "calendarKind", c.last_synced_at as "lastSyncedAt",
           coalesce(c.error_code, case when c.status in ('active', 'degraded') and s.paused then 'provider_paused' end) as "errorCode",
           case when ${ASKS_OWNER} then c.question end as question, coalesce(b.total, 0) as "backfillTotal", n.pending + w.remaining as pending,
           n.backfill_pending + w.backfill_remaining as "backfillPending", n.failed,
           last.line as "lastChange", soon.counts as upcoming
      from connections c left join backfills b on b.connection_id = c.id
      left join provider_settings s on s.provider = c.provider
      left join lateral (
        select count(*) filter (where l.state <> 'failed')::int as pending,
               count(*) filter (where ${IN_FILLING})::int as backfill_pending,
               count(*) filter (where l.state = 'failed')::int as failed
          from links l where l.connection_id = c.id and l.dirty) n on true
      left join lateral (
        select coalesce(sum(m.remaining), 0)::int as remaining,
               coalesce(sum(m.remaining) filter (where m.priority = 1), 0)::int as backfill_remaining
          from markings m where m.connection_id = c.id) w on true
      left join lateral (
        select json_build_object('kind', a.kind, 'code', a.code, 'count', a.count, 'appointmentId', a.appointment_id,
                                 'at', a.at) as line
          from activity a where a.user_id = c.user_id and a.connection_id = c.id order by a.id desc limit 1) last on true
      left join lateral (
        select json_build_object('total', count(a.id) filter (where l.state not in ('suppressed', 'removed')),
                 'written', count(a.id) filter (where l.state = 'synced' and not l.dirty),
                 'hidden', count(a.id) filter (where l.state = 'suppressed'), 'more', count(*) = ${UPCOMING_COUNTED}) as counts
          from (select k.appointment_id from links k
                 where k.connection_id = c.id and k.starts_at >= ${from} and k.starts_at < ${until}
                 order by k.starts_at, k.appointment_id limit ${UPCOMING_COUNTED}) next
          join links l on l.appointment_id = next.appointment_id and l.connection_id = c.id
          left join appointments a on a.id = next.appointment_id and a.status = 'scheduled') soon on true
     where c.user_id = ${userId} and c.status <> 'disconnected' order by c.id`.execute(db);
  return found.rows;
}

/** A person's own choices. */
export async function calendarChoices(
  db: Db,
  userId: number,
): Promise<{ syncEnabled: boolean; reminderMinutes: number | null } | null> {
  const found = await sql<{ syncEnabled: boolean; reminderMinutes: number | null }>`
    select calendar_sync_enabled as "syncEnabled", reminder_minutes as "reminderMinutes"
      from users where id = ${userId}`.execute(db);
  return found.rows[0] ?? null;
}

/** How many coming appointments concern a person but start too late to be in their calendars yet. */
export async function countBeyond(db: Db, person: { id: number; role: Role }, until: Date): Promise<number> {
  const counted = await sql<{ count: number }>`
    select count(*)::int as count from appointments a
     where a.starts_at >= ${until} and a.status <> 'cancelled' and ${concerns(person)}`.execute(db);
  return counted.rows[0]?.count ?? 0;
}
