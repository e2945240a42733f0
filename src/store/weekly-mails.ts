import { notify } from '../db/notify.ts';
import { sql, type Db, type Tx } from '../db/sql.ts';
import type { Role } from '../domain/appointment.ts';
import { concerns, LONGEST } from './concerned.ts';
import { wantsMail } from './mail-choices.ts';
import { MAIL_CHANNEL } from './mails.ts';

/** The time zones of those who want the weekly overview. */
export async function zonesOfWeeklyReaders(db: Db): Promise<string[]> {
  const found = await sql<{ zone: string }>`
    select distinct u.time_zone as zone from users u where ${wantsMail('weeklyOverview')} and u.is_active`.execute(db);
  return found.rows.map((row) => row.zone);
}

/** Queues the overviews of a week for the readers in these zones. Again for the same week it queues nothing. */
export async function queueWeeklyMails(
  tx: Tx,
  weeks: readonly { timeZone: string; monday: string }[],
  now: Date,
): Promise<void> {
  const queued = await sql`
    insert into mails (user_id, kind, week, key, due_at, created_at)
    select u.id, 'weekly_overview', w.monday, 'week:' || u.id || ':' || w.monday, ${now}, ${now}
      from jsonb_to_recordset(${JSON.stringify(weeks)}::jsonb) as w("timeZone" text, monday text)
      join users u on u.time_zone = w."timeZone" and u.is_active and ${wantsMail('weeklyOverview')}
     order by u.id
    on conflict (key) do nothing`.execute(tx);
  if ((queued.numAffectedRows ?? 0n) > 0n) await notify(tx, MAIL_CHANNEL);
}

/**
 * Ids of the scheduled appointments that concern a person and overlap `[from, to)`, soonest first, at most `limit` of them;
 * `total` is how many there are.
 */
export async function appointmentsOfWeek(
  db: Db,
  person: { id: number; role: Role },
  { from, to, limit }: { from: Date; to: Date; limit: number },
): Promise<{ ids: number[]; total: number }> {
  const found = await sql<{ id: number; total: number }>`
    select a.id, count(*) over ()::int as total from appointments a
     where a.starts_at < ${to} and a.ends_at > ${from} and a.starts_at > ${from}::timestamptz - ${LONGEST}
       and a.status = 'scheduled' and ${concerns(person)}
     order by a.starts_at, a.id limit ${limit}`.execute(db);
  return { ids: found.rows.map((row) => row.id), total: found.rows[0]?.total ?? 0 };
}
