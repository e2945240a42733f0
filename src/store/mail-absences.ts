import { notify } from '../db/notify.ts';
import { sql, type Db, type Tx } from '../db/sql.ts';
import { wantsMail } from './mail-choices.ts';
import { PLANNERS_HEAR_AFTER_MS, plannersOf } from './mail-planners.ts';
import { MAIL_CHANNEL } from './mails.ts';

/** One person and what they have said of these appointments. */
export interface AbsenceNews {
  userId: number;
  appointmentIds: readonly number[];
  /** What those who plan had been told before. */
  wasAbsent: boolean;
}

/**
 * Queues, in the transaction of what it tells, a mail to the person's manager; to all administrators when there is none.
 * What the same person says before it is tried goes with it.
 */
export async function queueAbsenceMails(tx: Tx, news: AbsenceNews, now: Date): Promise<void> {
  const { userId, appointmentIds, wasAbsent } = news;
  if (appointmentIds.length === 0) return;
  const dueAt = new Date(now.getTime() + PLANNERS_HEAR_AFTER_MS);
  const queued = await sql`
    with ${plannersOf(sql`${userId}::bigint`)}, queued as (
      insert into mails (user_id, kind, about_user_id, key, due_at, created_at)
      select u.id, 'absence', ${userId}, 'absence:' || gen_random_uuid(), ${dueAt}, ${now}
        from planners join users u using (id) where u.id <> ${userId} and ${wantsMail('teamAbsences')} order by u.id
      on conflict (user_id, about_user_id) where kind = 'absence' and state = 'queued' and attempts = 0
      do update set due_at = mails.due_at
      returning id
    )
    insert into mail_absences (mail_id, appointment_id, was_absent)
    select queued.id, said.id, ${wasAbsent}
      from queued cross join unnest(${[...appointmentIds]}::bigint[]) as said (id) order by queued.id, said.id
    on conflict do nothing`.execute(tx);
  if ((queued.numAffectedRows ?? 0n) > 0n) await notify(tx, MAIL_CHANNEL);
}

/** What one mail is to tell of. */
export interface NotedAbsences {
  userId: number;
  name: string;
  visits: NotedAbsence[];
}

export interface NotedAbsence {
  appointmentId: number;
  wasAbsent: boolean;
  /** `null`: they are no longer on the team. */
  isAbsent: boolean | null;
}

/** `null` when there is nothing noted. */
export async function loadNotedAbsences(db: Db, mailId: number): Promise<NotedAbsences | null> {
  const found = await sql<NotedAbsence & { userId: number; name: string }>`
    select u.id as "userId", u.name, n.appointment_id as "appointmentId", n.was_absent as "wasAbsent",
           case when t.user_id is not null then t.absent_since is not null end as "isAbsent"
      from mail_absences n join mails m on m.id = n.mail_id join users u on u.id = m.about_user_id
      left join assignments t on t.appointment_id = n.appointment_id and t.user_id = u.id
     where n.mail_id = ${mailId} order by n.appointment_id`.execute(db);
  const [first] = found.rows;
  if (first === undefined) return null;
  const visits = found.rows.map(({ appointmentId, wasAbsent, isAbsent }) => ({ appointmentId, wasAbsent, isAbsent }));
  return { userId: first.userId, name: first.name, visits };
}
