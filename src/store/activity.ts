import { sql, type Db, type Tx } from '../db/sql.ts';
import type { ProviderName } from '../sync/provider.ts';
import type { ActivityKind } from '../sync/settle.ts';
import { announceChanges } from './changes.ts';

/** What the activity list tells; the engine adds the `event_…` kinds itself when it records outcomes. */
export type ActivityWord =
  | ActivityKind
  | 'connected'
  | 'disconnecting'
  | 'disconnected'
  | 'reauth_required'
  | 'sync_on'
  | 'sync_off'
  | 'restored'
  /** The operator paused this calendar, and let it go on. */
  | 'paused'
  | 'resumed'
  /** Its owner did. */
  | 'paused_by_owner'
  | 'resumed_by_owner'
  | 'feed_made'
  | 'feed_rotated'
  | 'feed_revoked'
  /** The deletion guard has a question; the owner answered it. */
  | 'guard_asks'
  | 'guard_answered';

export interface NewActivity {
  userId: number;
  connectionId: number | null;
  appointmentId?: number;
  kind: ActivityWord;
  code?: string;
  count?: number;
  at: Date;
}

/** Adds a line to a person's activity, and tells them if they are looking. */
export async function addActivity(tx: Tx, line: NewActivity): Promise<void> {
  await sql`
    insert into activity (user_id, connection_id, appointment_id, kind, code, count, at)
    values (${line.userId}, ${line.connectionId}, ${line.appointmentId ?? null}, ${line.kind}, ${line.code ?? null},
      ${line.count ?? null}, ${line.at})`.execute(tx);
  await announceChanges(tx, { calendars: [line.userId] });
}

export interface ActivityLine {
  id: number;
  connectionId: number | null;
  provider: ProviderName | null;
  appointmentId: number | null;
  /** What it is of, as it is now; `null` where the person has no part in it any more. */
  appointment: { service: string; startsAt: Date } | null;
  kind: ActivityWord;
  code: string | null;
  count: number | null;
  at: Date;
}

export interface ActivityFilter {
  provider?: ProviderName | undefined;
  /** `events`: what happened to single events; `settings`: everything else. */
  about?: 'events' | 'settings' | undefined;
  /** Id of the last line of the page before. */
  before: number | null;
  limit: number;
}

/** A person's activity, newest first. */
export async function listActivity(
  db: Db,
  userId: number,
  { provider, about, before, limit }: ActivityFilter,
): Promise<ActivityLine[]> {
  const conditions = [sql`a.user_id = ${userId}`];
  if (provider !== undefined) conditions.push(sql`c.provider = ${provider}`);
  if (about !== undefined) conditions.push(sql`starts_with(a.kind, 'event_') = ${about === 'events'}`);
  if (before !== null) conditions.push(sql`a.id < ${before}::bigint`);
  const found = await sql<Omit<ActivityLine, 'appointment'> & { service: string | null; startsAt: Date }>`
    select a.id, a.connection_id as "connectionId", c.provider, a.appointment_id as "appointmentId", a.kind, a.code,
           a.count, a.at, s.name as service, ap.starts_at as "startsAt"
      from activity a left join connections c on c.id = a.connection_id
      left join appointments ap on ap.id = a.appointment_id
           and exists (select from audience m where m.appointment_id = ap.id and m.user_id = a.user_id)
      left join services s on s.id = ap.service_id
     where ${sql.join(conditions, sql` and `)}
     order by a.id desc limit ${limit}`.execute(db);
  return found.rows.map(({ service, startsAt, ...line }) => ({
    ...line,
    appointment: service === null ? null : { service, startsAt },
  }));
}

/** Keeps the newest part of everybody's activity: older lines than `before` are removed. */
export async function deleteOldActivity(db: Db, before: Date): Promise<void> {
  await sql`delete from activity where at < ${before}`.execute(db);
}
