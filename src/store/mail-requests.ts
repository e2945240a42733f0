import { notify } from '../db/notify.ts';
import { sql, type Tx } from '../db/sql.ts';
import { wantsMail } from './mail-choices.ts';
import { PLANNERS_HEAR_AFTER_MS, plannersOf } from './mail-planners.ts';
import { MAIL_CHANNEL } from './mails.ts';

/**
 * Queues, in the transaction of the wish, a mail to those who plan the appointment: the managers of its team, all
 * administrators where there is none. Each of them gets one for each wish.
 */
export async function queueRequestMails(tx: Tx, requestId: number, now: Date): Promise<void> {
  const dueAt = new Date(now.getTime() + PLANNERS_HEAR_AFTER_MS);
  const queued = await sql`
    with request as (
      select r.id, r.appointment_id, o.customer_id
        from reschedule_requests r join appointments a on a.id = r.appointment_id join orders o on o.id = a.order_id
       where r.id = ${requestId}
    ), ${plannersOf(sql`select t.user_id from request r join assignments t on t.appointment_id = r.appointment_id`)}
    insert into mails (user_id, kind, appointment_id, reschedule_request_id, key, due_at, created_at)
    select u.id, 'reschedule_request', r.appointment_id, r.id, 'wish:' || r.id || ':' || u.id, ${dueAt}, ${now}
      from planners join users u using (id) cross join request r
     where u.id <> r.customer_id and ${wantsMail('rescheduleRequests')} order by u.id
    on conflict (key) do nothing`.execute(tx);
  if ((queued.numAffectedRows ?? 0n) > 0n) await notify(tx, MAIL_CHANNEL);
}
