import { notify } from '../db/notify.ts';
import { sql, type Db, type Tx } from '../db/sql.ts';
import type { Proposal, RequestState, RescheduleRequest } from '../domain/appointment.ts';
import { MAIL_CHANNEL } from './mails.ts';

/** Instants are text in JSON. */
interface RequestRow extends Omit<RescheduleRequest, 'proposals'> {
  appointmentId: number;
  proposals: { wall: string; at: string }[];
}

const COLUMNS = sql`r.id, r.appointment_id as "appointmentId", r.state, r.proposals, r.note, r.accepted, r.reason,
  r.created_at as "createdAt", r.closed_at as "closedAt"`;

function toRequest(row: RequestRow): RescheduleRequest {
  const { id, state, note, accepted, reason, createdAt, closedAt } = row;
  const proposals = row.proposals.map(({ wall, at }) => ({ wall, at: new Date(at) }));
  return { id, state, proposals, note, accepted, reason, createdAt, closedAt };
}

/** Stores a request; the caller holds the appointment's lock and has seen that none is open. @returns its id */
export async function insertRequest(
  tx: Tx,
  request: { appointmentId: number; proposals: readonly Proposal[]; note: string | null },
  now: Date,
): Promise<number> {
  const inserted = await sql<{ id: number }>`
    insert into reschedule_requests (appointment_id, proposals, note, created_at)
    values (${request.appointmentId}, ${JSON.stringify(request.proposals)}::jsonb, ${request.note}, ${now})
    returning id`.execute(tx);
  const [row] = inserted.rows;
  if (row === undefined) throw new Error('An inserted request has no id');
  return row.id;
}

/** The open request of an appointment whose lock the caller holds. */
export async function openRequestOf(tx: Tx, appointmentId: number): Promise<RescheduleRequest | null> {
  const found = await sql<RequestRow>`
    select ${COLUMNS} from reschedule_requests r
     where r.appointment_id = ${appointmentId} and r.state = 'open'`.execute(tx);
  return found.rows[0] ? toRequest(found.rows[0]) : null;
}

/** Closes an open request. */
export async function closeRequest(
  tx: Tx,
  id: number,
  how: { state: Exclude<RequestState, 'open'>; accepted?: number; reason?: string; answeredBy?: number },
  now: Date,
): Promise<void> {
  const { state, accepted = null, reason = null, answeredBy = null } = how;
  await sql`
    update reschedule_requests set state = ${state}, accepted = ${accepted}, reason = ${reason},
           answered_by = ${answeredBy}, closed_at = ${now}
     where id = ${id} and state = 'open'`.execute(tx);
}

/** Ends what is asked of appointments that were moved, cancelled or done otherwise. */
export async function endRequests(tx: Tx, appointmentIds: readonly number[], now: Date): Promise<void> {
  if (appointmentIds.length === 0) return;
  await sql`
    update reschedule_requests set state = 'ended', closed_at = ${now}
     where appointment_id = any(${[...appointmentIds]}::bigint[]) and state = 'open'`.execute(tx);
}

/** The newest request of each of these appointments, by appointment. */
export async function newestRequests(
  db: Db,
  appointmentIds: readonly number[],
): Promise<Map<number, RescheduleRequest>> {
  if (appointmentIds.length === 0) return new Map();
  const found = await sql<RequestRow>`
    select distinct on (r.appointment_id) ${COLUMNS} from reschedule_requests r
     where r.appointment_id = any(${[...appointmentIds]}::bigint[])
     order by r.appointment_id, r.id desc`.execute(db);
  return new Map(found.rows.map((row) => [row.appointmentId, toRequest(row)]));
}

/** Queues the mail with the answer to the appointment's customer, in the transaction of the answer. */
export async function queueAnswerMail(tx: Tx, requestId: number, now: Date): Promise<void> {
  const queued = await sql`
    insert into mails (user_id, kind, appointment_id, reschedule_request_id, key, due_at, created_at)
    select o.customer_id, 'request_answer', a.id, r.id, 'request:' || r.id, ${now}, ${now}
      from reschedule_requests r join appointments a on a.id = r.appointment_id join orders o on o.id = a.order_id
     where r.id = ${requestId}
    on conflict (key) do nothing`.execute(tx);
  if (queued.numAffectedRows === 1n) await notify(tx, MAIL_CHANNEL);
}

/** What a `reschedule_request` is made from; `null` when it was withdrawn, answered or ended meanwhile. */
export async function loadOpenRequest(db: Db, mailId: number): Promise<RescheduleRequest | null> {
  const found = await sql<RequestRow>`
    select ${COLUMNS} from mails m join reschedule_requests r on r.id = m.reschedule_request_id
     where m.id = ${mailId} and r.state = 'open'`.execute(db);
  return found.rows[0] ? toRequest(found.rows[0]) : null;
}

/** What a `request_answer` is made from. */
export interface AnswerFacts {
  request: RescheduleRequest;
  /** A mail about the new time, with its file, says the same. */
  toldOtherwise: boolean;
}

export async function loadAnswerFacts(db: Db, mailId: number): Promise<AnswerFacts | null> {
  const found = await sql<RequestRow & { toldOtherwise: boolean }>`
    select ${COLUMNS}, exists (
             select from mail_changes n join mails c on c.id = n.mail_id
              where n.appointment_id = m.appointment_id and c.user_id = m.user_id
                and (c.state = 'queued' or c.finished_at >= m.created_at)) as "toldOtherwise"
      from mails m join reschedule_requests r on r.id = m.reschedule_request_id
     where m.id = ${mailId}`.execute(db);
  const [row] = found.rows;
  if (row === undefined) return null;
  return { request: toRequest(row), toldOtherwise: row.toldOtherwise };
}
