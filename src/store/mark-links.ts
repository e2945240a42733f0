import { DAY } from '../base/time.ts';
import { notify } from '../db/notify.ts';
import { sql, type Tx } from '../db/sql.ts';
import type { Horizons } from '../domain/horizon.ts';
import { announceChanges } from './changes.ts';
import { touchFeedsOf } from './feed-changes.ts';

/** Workers listen here; the payload is a {@link WakeUp} as JSON. */
export const SYNC_CHANNEL = 'sync';

export type Fragment = ReturnType<typeof sql>;

/** What marking needs beside the rows: the present, and how far ahead calendars are filled. */
export interface Marking extends Horizons {
  now: Date;
  /** 0 for what a person waits for (default), 1 for backfills and sweeping changes. */
  priority?: 0 | 1;
  /** Events that exist are written this much later, so that several saves in a row are one call. New ones come at once. */
  settleMs?: number;
  /** False leaves alone what is over: nobody needs a new reminder for last year. Default true. */
  past?: boolean;
  /** False when no person asked for it: the deletion guard then looks at the plan. */
  asked?: boolean;
  /** Appointments that are looked at in one go when calendars are marked in batches. Default {@link MARKED_TOGETHER}. */
  markedTogether?: number;
}

/** A batch of these takes about a tenth of a second on the embedded database, in which nobody else is served. */
export const MARKED_TOGETHER = 1_000;

/** No appointment lasts longer than a week (`use-cases/create-order.ts`), so what is under way has begun within it. */
export const LONGEST_APPOINTMENT_MS = 7 * DAY;

/** NOTIFY carries at most 8,000 bytes (PostgreSQL documentation, NOTIFY); beyond this many ids workers look themselves. */
const MOST_IDS_IN_A_NOTICE = 500;

/** Any number that nothing else locks (see `db/migrate.ts` for the other). */
const AUDIENCE_LOCK = 8_217_002;

/**
 * Appointments and people change at the same time: without this, a calendar connected in one transaction and an appointment
 * made in another would not see each other, and no link would join them. Those who change appointments share the lock;
 * who changes people has it alone. Taken before any account or link is locked.
 */
export async function lockAudience(tx: Tx, how: 'appointments' | 'people'): Promise<void> {
  await (
    how === 'people'
      ? sql`select pg_advisory_xact_lock(${AUDIENCE_LOCK}::bigint)`
      : sql`select pg_advisory_xact_lock_shared(${AUDIENCE_LOCK}::bigint)`
  ).execute(tx);
}

/**
 * Marks every calendar concerned by these appointments as behind, in the transaction that changes them, and wakes the
 * workers when it commits: links of people newly concerned are made, existing ones are raised (also those of people no
 * longer concerned, so that their events are removed). Locks links in id order; never touches the connection rows. Those
 * who look at the appointments are told.
 * Subscription feeds of those concerned look different from then on, too.
 */
export async function markAppointments(tx: Tx, appointmentIds: readonly number[], marking: Marking): Promise<void> {
  if (appointmentIds.length === 0) return;
  await lockAudience(tx, 'appointments');
  const ids = [...new Set(appointmentIds)];
  await touchFeedsOf(tx, ids);
  // Said of the view: what is said of `a` does not reach into it, and the view would be worked out for everything.
  const missing = missingLinks(sql`m.appointment_id = any(${ids}::bigint[])`, marking);
  const { rows: made } = await sql<{ id: number; connection_id: number }>`
    ${missing} returning id, connection_id`.execute(tx);
  const raised = await sql<{ connection_id: number }>`
    update links set desired = links.desired + 1, ${dueness(marking)}, attempts = 0, starts_at = a.starts_at
      from (select l.id, ap.starts_at from links l join appointments ap on ap.id = l.appointment_id
             where l.appointment_id = any(${ids}::bigint[]) and l.id <> all(${made.map((link) => link.id)}::bigint[])
             order by l.id for update of l) a
     where links.id = a.id
     returning links.connection_id`.execute(tx);
  await announceChanges(tx, { appointments: ids });
  const concerned = connectionsOf([...made, ...raised.rows]);
  await wakeWorkers(tx, concerned, marking.priority, made.length > 0 ? null : settledAt(marking));
}

function connectionsOf(rows: readonly { connection_id: number }[]): number[] {
  return rows.map((row) => row.connection_id);
}

/**
 * The statement that makes the links which the audience asks for and which do not exist yet, due at once: raising them too
 * would write each row twice. `which` picks from the audience (alias `m`).
 */
export function missingLinks(which: Fragment, marking: Marking): Fragment {
  const { now, priority = 0, asked = true } = marking;
  return sql`
    insert into links (appointment_id, connection_id, desired, starts_at, due_at, priority, asked, created_at)
    select a.id, c.id, 1, a.starts_at, ${now}::timestamptz, ${priority}::smallint, ${asked}::boolean, ${now}::timestamptz
      from appointments a
      join audience m on m.appointment_id = a.id
      join users u on u.id = m.user_id and u.is_active and u.calendar_sync_enabled
      join connections c on c.user_id = u.id and c.status not in ('disconnecting', 'disconnected')
     where ${which} and ${withinHorizon(marking)} and a.status <> 'cancelled'
       and (select l.id from links l where l.appointment_id = a.id and l.connection_id = c.id limit 1) is null
     order by a.starts_at, a.id, c.id
    on conflict (appointment_id, connection_id) do nothing`;
}

/** Counted in the database: a calendar may have a hundred thousand links. */
async function countByConnection(tx: Tx, marked: Fragment): Promise<Map<number, number>> {
  const counted = await sql<{ id: number; total: number }>`
    ${marked} select connection_id as id, count(*)::int as total from marked group by connection_id`.execute(tx);
  return new Map(counted.rows.map(({ id, total }) => [id, total]));
}

/** From the start of yesterday (a visit that is under way counts) to the horizon of the person's role. */
function withinHorizon({ now, syncHorizonDays, overviewHorizonDays }: Marking): Fragment {
  return sql`a.ends_at >= ${now}::timestamptz - interval '1 day'
    and a.starts_at < ${now}::timestamptz + make_interval(days => case when u.role in ('manager', 'admin')
        then ${overviewHorizonDays}::int else ${syncHorizonDays}::int end)`;
}

/**
 * When and how urgently a raised link is served. What is due already stays so: a sweeping change never slows down what a
 * person waits for, nor does a second save. A person's change makes the whole pending one asked for.
 */
export function dueness(marking: Marking): Fragment {
  const { now, priority = 0, asked = true } = marking;
  const due = settledAt(marking) ?? now;
  return sql`due_at = case when links.dirty then least(links.due_at, ${due}::timestamptz) else ${due}::timestamptz end,
    priority = case when links.dirty then least(links.priority, ${priority}) else ${priority} end,
    asked = ${asked} or (links.dirty and links.asked)`;
}

function settledAt({ now, settleMs = 0 }: Marking): Date | null {
  return settleMs === 0 ? null : new Date(now.getTime() + settleMs);
}

/** What is sent on {@link SYNC_CHANNEL}. Without ids: look for yourself. */
export interface WakeUp {
  ids: number[];
  /** A person waits for it. */
  urgent: boolean;
  /** RFC 3339; there is nothing to do before. `null`: at once. */
  at: string | null;
}

/** Wakes the workers for these accounts when `tx` commits. */
export async function wakeWorkers(
  tx: Tx,
  connectionIds: readonly number[],
  priority: 0 | 1 = 0,
  at: Date | null = null,
): Promise<void> {
  const ids = [...new Set(connectionIds)];
  if (ids.length === 0) return;
  const wakeUp: WakeUp = {
    ids: ids.length > MOST_IDS_IN_A_NOTICE ? [] : ids,
    urgent: priority === 0,
    at: at?.toISOString() ?? null,
  };
  await notify(tx, SYNC_CHANNEL, JSON.stringify(wakeUp));
}

/** A place in the order of appointments: after this one. */
export interface Place {
  startsAt: Date;
  appointmentId: number;
}

/** Before everything that is still of concern at `now`. */
export function beginningAt(now: Date): Place {
  return { startsAt: new Date(now.getTime() - LONGEST_APPOINTMENT_MS), appointmentId: 0 };
}

/**
 * Makes links for what has come within the horizon since yesterday, and wakes the workers: for the next appointments after
 * `place`, the soonest first.
 * @returns where to go on; `null`: that was all
 */
export async function markNewlyWithinHorizon(tx: Tx, place: Place, marking: Marking): Promise<Place | null> {
  const { now, syncHorizonDays, overviewHorizonDays, markedTogether = MARKED_TOGETHER } = marking;
  await lockAudience(tx, 'people');
  const { rows: next } = await sql<Place>`
    select a.starts_at as "startsAt", a.id as "appointmentId" from appointments a
     where (a.starts_at, a.id) > (${place.startsAt}::timestamptz, ${place.appointmentId}::bigint) and a.ends_at >= ${now}
       and a.starts_at < ${now}::timestamptz + make_interval(days => ${Math.max(syncHorizonDays, overviewHorizonDays)}::int)
       and a.status <> 'cancelled'
     order by a.starts_at, a.id limit ${markedTogether}`.execute(tx);
  if (next.length > 0) {
    const ids = next.map(({ appointmentId }) => appointmentId);
    const missing = missingLinks(sql`m.appointment_id = any(${ids}::bigint[])`, marking);
    const counts = await countByConnection(tx, sql`with marked as (${missing} returning connection_id)`);
    await wakeWorkers(tx, [...counts.keys()], marking.priority);
  }
  return next.length < markedTogether ? null : (next.at(-1) ?? null);
}

/** Marks every coming event of every calendar as behind: the form of events has changed. */
export async function markEverything(tx: Tx, marking: Marking): Promise<void> {
  await sql`update connections set question = null where question ? 'answer'`.execute(tx);
  const counts = await countByConnection(
    tx,
    sql`with marked as (
      update links set desired = links.desired + 1, ${dueness(marking)}, attempts = 0
        from (select l.id from links l join connections c on c.id = l.connection_id
               where c.status <> 'disconnected' and l.starts_at >= ${marking.now}::timestamptz - interval '1 day'
               order by l.id for update of l) coming
       where links.id = coming.id
       returning links.connection_id
    )`,
  );
  await wakeWorkers(tx, [...counts.keys()], marking.priority);
}
