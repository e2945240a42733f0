import { MINUTE } from '../base/time.ts';
import { notify } from '../db/notify.ts';
import { sql, type Db, type Tx } from '../db/sql.ts';
import { newsBetween, type KnownAppointment } from '../domain/appointment-news.ts';
import { MAIL_CHANNEL } from './mails.ts';
import { wantsMail } from './mail-choices.ts';

/** A mail can't be taken back: who shapes an appointment is given time, more with each save, but the reader must know soon. */
const SETTLE_MS = 1 * MINUTE;
const SETTLED_AT_LAST_MS = 5 * MINUTE;

/** SQL: whether a calendar of the user `u` follows their appointments by itself. */
const HAS_CALENDAR = sql<boolean>`(u.calendar_sync_enabled and exists (
  select from connections c where c.user_id = u.id and c.status not in ('disconnecting', 'disconnected')))`;

/** Who has to be told when they change, and what they know of which appointment. */
type Readers = ReadonlyMap<string, Reader>;

interface Reader {
  userId: number;
  appointmentId: number;
  known: KnownAppointment;
}

/**
 * Remembers, before a change, what those who want to hear of it know of these appointments. `null`: nobody wants mails,
 * which costs one look at an index.
 */
export async function readersBefore(tx: Tx, appointmentIds: readonly number[]): Promise<Readers | null> {
  const anybody =
    await sql`select from users u where ${wantsMail('appointmentChanges')} and u.is_active limit 1`.execute(tx);
  return anybody.rows.length === 0 ? null : readersOf(tx, appointmentIds);
}

/**
 * Queues, after the change and in its transaction, a mail for everybody for whom something became new, moved, was cancelled
 * or went to others. All that happens to a person's appointments within the settling time is one mail; its text is made
 * when it is sent.
 */
export async function queueChangeMails(
  tx: Tx,
  before: Readers | null,
  appointmentIds: readonly number[],
  now: Date,
): Promise<void> {
  if (before === null) return;
  const after = await readersOf(tx, appointmentIds);
  const rows = [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [was, is] = [before.get(key), after.get(key)];
    const reader = is ?? was;
    if (!reader || newsBetween(was?.known ?? null, is?.known ?? null, now) === null) return [];
    return [{ user_id: reader.userId, appointment_id: reader.appointmentId, was: was?.known ?? null }];
  });
  if (rows.length === 0) return;
  const dueAt = new Date(now.getTime() + SETTLE_MS);
  await sql`
    with news as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(user_id bigint, appointment_id bigint, was jsonb)
    ), queued as (
      insert into mails (user_id, kind, key, due_at, created_at)
      select user_id, 'appointment_changes', 'changes:' || gen_random_uuid(), ${dueAt}, ${now}
        from (select distinct user_id from news order by user_id) readers
      on conflict (user_id) where kind = 'appointment_changes' and state = 'queued' and attempts = 0
      do update set due_at = least(excluded.due_at, mails.created_at + make_interval(secs => ${SETTLED_AT_LAST_MS / 1000}))
      returning id, user_id
    )
    insert into mail_changes (mail_id, appointment_id, was)
    select queued.id, news.appointment_id, nullif(news.was, 'null'::jsonb)
      from news join queued using (user_id) order by queued.id, news.appointment_id
    on conflict do nothing`.execute(tx);
  await notify(tx, MAIL_CHANNEL);
}

async function readersOf(tx: Tx, appointmentIds: readonly number[]): Promise<Readers> {
  if (appointmentIds.length === 0) return new Map();
  const ids = [...new Set(appointmentIds)];
  const found = await sql<KnownAppointment & { userId: number; appointmentId: number }>`
    select u.id as "userId", a.id as "appointmentId", ${KNOWN}
      from audience m join appointments a on a.id = m.appointment_id join users u on u.id = m.user_id
     where m.appointment_id = any(${ids}::bigint[]) and u.is_active and ${wantsMail('appointmentChanges')}
       and not ${HAS_CALENDAR}`.execute(tx);
  return new Map(
    found.rows.map(({ userId, appointmentId, ...known }) => [
      `${userId} ${appointmentId}`,
      { userId, appointmentId, known },
    ]),
  );
}

const KNOWN = sql`a.status, a.starts_wall as "startsWall", a.ends_wall as "endsWall", a.time_zone as "timeZone",
  a.starts_at as "startsAt", a.ends_at as "endsAt", a.arrival_window_minutes as "arrivalWindowMinutes"`;

/** One appointment that a mail is to tell of. */
export interface NotedChange {
  appointmentId: number;
  was: KnownAppointment | null;
  /** What it was before changes that later mails are to tell of, if those have been tried and are to be tried again. */
  later: (KnownAppointment | null)[];
}

/** What a mail is to tell of; nothing when its reader has a calendar by now that follows by itself. */
export async function loadNotedChanges(db: Db, mail: { id: number; userId: number }): Promise<NotedChange[]> {
  const found = await sql<{ appointmentId: number; was: Stored | null; later: (Stored | null)[] }>`
    select n.appointment_id as "appointmentId", n.was, coalesce((
             select jsonb_agg(newer.was order by m.id) from mail_changes newer join mails m on m.id = newer.mail_id
              where newer.appointment_id = n.appointment_id and newer.mail_id > n.mail_id
                and m.user_id = ${mail.userId} and m.state = 'queued' and m.attempts > 0), '[]') as later
      from mail_changes n
     where n.mail_id = ${mail.id} and not exists (select from users u where u.id = ${mail.userId} and ${HAS_CALENDAR})
     order by n.appointment_id`.execute(db);
  return found.rows.map(({ appointmentId, was, later }) => ({
    appointmentId,
    was: fromStored(was),
    later: later.map(fromStored),
  }));
}

/** Instants are text in JSON. */
type Stored = Omit<KnownAppointment, 'startsAt' | 'endsAt'> & { startsAt: string; endsAt: string };

function fromStored(was: Stored | null): KnownAppointment | null {
  return was && { ...was, startsAt: new Date(was.startsAt), endsAt: new Date(was.endsAt) };
}
