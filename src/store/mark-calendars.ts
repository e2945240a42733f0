import { DAY } from '../base/time.ts';
import { notify } from '../db/notify.ts';
import { sql, type Tx } from '../db/sql.ts';
import type { Role } from '../domain/appointment.ts';
import { horizonDaysOf } from '../domain/horizon.ts';
import { concerns } from './concerned.ts';
import { touchFeedsAround } from './feed-changes.ts';
import {
  beginningAt,
  dueness,
  lockAudience,
  markAppointments,
  MARKED_TOGETHER,
  missingLinks,
  wakeWorkers,
  type Fragment,
  type Marking,
  type Place,
} from './mark-links.ts';

/*
 * Marking whole calendars. One of a hundred thousand appointments would hold up everybody for seconds if it were marked in one
 * statement, so a walk through it is noted in `markings`: its first batch is part of the transaction that asks for it, the
 * others follow in transactions of their own, by whichever node comes first. A calendar is walked through in the order of time,
 * and whoever changes an appointment marks it themselves (`markAppointments`): what happens behind the walk is not missed,
 * and what happens before it is marked twice, which does no harm.
 */

/** Whoever can mark on listens here; there is no payload. */
export const MARKING_CHANNEL = 'marking';

/** The calendar that is marked, and whose it is. */
interface Calendar {
  connectionId: number;
  userId: number;
  role: Role;
  /** Links may be made for it: its owner wants sync, and nobody is disconnecting it. */
  fillable: boolean;
}

const CALENDAR = sql`c.id as "connectionId", c.user_id as "userId", u.role,
  u.is_active and u.calendar_sync_enabled and c.status not in ('disconnecting', 'disconnected') as fillable`;

/** A walk through a calendar, and how far it has come. */
interface Walk extends Place {
  /** What is over, the latest first; otherwise what is to come, the soonest first. */
  past: boolean;
  /** The border between both. */
  since: Date;
}

/**
 * Marks everything of one person's calendars as behind: new links for what concerns them now, all their existing links
 * raised. For connect, sync switched on or off, a changed role and a deactivated account. The first batches at once, the
 * rest by `markNextBatch`.
 * @returns how many links wait to be written, by connection; those that are still to be marked as far as can be foreseen
 */
export async function markPerson(tx: Tx, userId: number, marking: Marking): Promise<Map<number, number>> {
  await lockAudience(tx, 'people');
  const own = await sql<Calendar>`
    select ${CALENDAR} from connections c join users u on u.id = c.user_id
     where c.user_id = ${userId} and c.status <> 'disconnected' order by c.id`.execute(tx);
  const counts = new Map<number, number>();
  for (const calendar of own.rows) {
    const total = await beginMarking(tx, calendar, marking);
    if (total > 0) counts.set(calendar.connectionId, total);
  }
  for (const [id, total] of counts) await beginBackfill(tx, id, total);
  await wakeWorkers(tx, [...counts.keys()], marking.priority);
  return counts;
}

/** Marks everything in one calendar as behind and wakes the workers for it, whether anything is in it or not. */
export async function markConnection(tx: Tx, connectionId: number, marking: Marking): Promise<void> {
  await lockAudience(tx, 'people');
  const found = await sql<Calendar>`
    select ${CALENDAR} from connections c join users u on u.id = c.user_id where c.id = ${connectionId}`.execute(tx);
  for (const calendar of found.rows) await beginMarking(tx, calendar, marking);
  await wakeWorkers(tx, [connectionId], marking.priority);
}

/**
 * Marks after a change of a person that others see too (name, phone, manager, role, deactivation): the coming
 * appointments in which they are the customer or on the team, and everything of their own calendars.
 */
export async function markPersonEverywhere(tx: Tx, userId: number, marking: Marking): Promise<void> {
  await lockAudience(tx, 'people');
  await touchFeedsAround(tx, userId);
  const coming = await sql<{ id: number }>`
    select a.id from appointments a join orders o on o.id = a.order_id
     where a.ends_at >= ${marking.now} and (o.customer_id = ${userId}
        or exists (select from assignments s where s.appointment_id = a.id and s.user_id = ${userId}))`.execute(tx);
  await markAppointments(
    tx,
    coming.rows.map((row) => row.id),
    { ...marking, priority: 1 },
  );
  await markPerson(tx, userId, { ...marking, priority: 1 });
}

/**
 * Begins to walk through a calendar. A walk that is under way ends: the new one comes by everywhere. One through the past
 * goes on when the new one does not go there.
 * @returns how many links are marked or will be
 */
async function beginMarking(tx: Tx, calendar: Calendar, marking: Marking): Promise<number> {
  const { now, priority = 0, past = true } = marking;
  const { connectionId } = calendar;
  const yesterday = new Date(now.getTime() - DAY);
  const unfinished = await sql<{ since: Date }>`
    delete from markings where connection_id = ${connectionId} and (not past or ${past}) returning since`.execute(tx);
  // What the unfinished walk still called coming.
  const since = new Date(Math.min(yesterday.getTime(), ...unfinished.rows.map((row) => row.since.getTime())));
  const coming: Walk = { past: false, since, ...beginningAt(since) };
  let marked = 0;
  let rest = await markBatch(tx, calendar, coming, marking);
  marked += rest.marked;
  if (rest.at) await note(tx, calendar, { ...coming, ...rest.at }, marking, priority);
  if (past) {
    const over: Walk = { past: true, since, startsAt: since, appointmentId: 0 };
    rest = rest.at ? { marked: 0, at: over } : await markBatch(tx, calendar, over, marking);
    marked += rest.marked;
    if (rest.at) await note(tx, calendar, { ...over, ...rest.at }, marking, priority);
  }
  const left = await sql<{ count: number }>`
    select coalesce(sum(remaining), 0)::int as count from markings where connection_id = ${connectionId}`.execute(tx);
  return marked + (left.rows[0]?.count ?? 0);
}

/** Notes where a walk is to go on, and calls for somebody to do so. */
async function note(tx: Tx, calendar: Calendar, walk: Walk, marking: Marking, priority: 0 | 1): Promise<void> {
  const remaining = await countRemaining(tx, calendar, walk, marking);
  await sql`
    insert into markings (connection_id, past, since, starts_at, appointment_id, remaining, priority)
    values (${calendar.connectionId}, ${walk.past}, ${walk.since}, ${walk.startsAt}, ${walk.appointmentId}, ${remaining},
      ${priority})`.execute(tx);
  await notify(tx, MARKING_CHANNEL);
}

/**
 * Marks the next batch of the most urgent walk, the soonest appointments first, and wakes the workers for it.
 * @returns false when there was none
 */
export async function markNextBatch(tx: Tx, marking: Marking): Promise<boolean> {
  // Before the walk is locked, in the order of everybody who begins one.
  await lockAudience(tx, 'people');
  const found = await sql<Calendar & Walk & { remaining: number; priority: 0 | 1; ended: boolean }>`
    select ${CALENDAR}, w.past, w.since, w.starts_at as "startsAt", w.appointment_id as "appointmentId", w.remaining,
           w.priority, c.status = 'disconnected' as ended
      from markings w join connections c on c.id = w.connection_id join users u on u.id = c.user_id
     order by w.past, w.priority, w.starts_at, w.connection_id limit 1 for update of w`.execute(tx);
  const [walk] = found.rows;
  if (!walk) return false;
  const { connectionId, past, priority } = walk;
  const { marked, at } = walk.ended
    ? { marked: 0, at: null }
    : await markBatch(tx, walk, walk, { ...marking, priority });
  const remaining = at === null ? 0 : Math.max(walk.remaining - marked, 0);
  await (
    at === null
      ? sql`delete from markings where connection_id = ${connectionId} and past = ${past}`
      : sql`update markings set starts_at = ${at.startsAt}, appointment_id = ${at.appointmentId}, remaining = ${remaining}
             where connection_id = ${connectionId} and past = ${past}`
  ).execute(tx);
  // What was foreseen is put right, so that "done of total" ends at its total.
  const more = marked - (walk.remaining - remaining);
  if (more !== 0) {
    await sql`update backfills set total = greatest(total + ${more}::int, 0) where connection_id = ${connectionId}`.execute(
      tx,
    );
  }
  await wakeWorkers(tx, [connectionId], priority);
  return true;
}

/**
 * Marks the next appointments on a walk: makes the links that are missing, raises those that there are.
 * @returns how many links were marked, and where to go on; `null`: the walk is at its end
 */
async function markBatch(
  tx: Tx,
  calendar: Calendar,
  walk: Walk,
  marking: Marking,
): Promise<{ marked: number; at: Place | null }> {
  const { markedTogether = MARKED_TOGETHER } = marking;
  const { connectionId, userId } = calendar;
  const next = await nextOn(tx, calendar, walk, marking, markedTogether);
  if (next.length === 0) return { marked: 0, at: null };
  const ids = next.map(({ appointmentId }) => appointmentId);
  const make = calendar.fillable && !walk.past;
  const which = sql`m.appointment_id = any(${ids}::bigint[]) and m.user_id = ${userId} and c.id = ${connectionId}`;
  // One statement: what it makes is not there yet for the raising. Nobody else makes links meanwhile, as the lock says.
  const counted = await sql<{ marked: number }>`
    with raised as (
      update links set desired = links.desired + 1, ${dueness(marking)}, attempts = 0
        from (select l.id from links l where l.connection_id = ${connectionId} and l.appointment_id = any(${ids}::bigint[])
                 and ${onWalk(walk)} order by l.id for update of l) own
       where links.id = own.id
       returning links.id
    ) ${make ? sql`, made as (${missingLinks(which, marking)} returning id)` : sql``}
    select ((select count(*) from raised) + ${make ? sql`(select count(*) from made)` : sql`0`})::int as marked`.execute(
    tx,
  );
  const marked = counted.rows[0]?.marked ?? 0;
  return { marked, at: next.length < markedTogether ? null : (next.at(-1) ?? null) };
}

/** The next appointments of a walk: those that concern the owner, and those that have a link. */
async function nextOn(
  tx: Tx,
  calendar: Calendar,
  walk: Walk,
  marking: Marking,
  limit: number,
): Promise<readonly Place[]> {
  const direction = walk.past ? sql`desc` : sql`asc`;
  const linked = sql`
    select l.starts_at, l.appointment_id as id from links l
     where l.connection_id = ${calendar.connectionId} and ${afterPlace(walk, sql`(l.starts_at, l.appointment_id)`)} and ${onWalk(walk)}
     order by l.starts_at ${direction}, l.appointment_id ${direction} limit ${limit}`;
  const concerning = sql`
    select a.starts_at, a.id from appointments a where ${concerningAhead(calendar, walk, marking)}
     order by a.starts_at, a.id limit ${limit}`;
  const found = await sql<Place>`
    select starts_at as "startsAt", id as "appointmentId" from (
      (${linked}) ${calendar.fillable && !walk.past ? sql`union (${concerning})` : sql``}) next
     order by starts_at ${direction}, id ${direction} limit ${limit}`.execute(tx);
  return found.rows;
}

/**
 * How many links a walk is still to mark: the appointments ahead, or the links ahead if they are more. Most calendars have
 * links for all that concerns their owner, or for nothing of it; others are put right by the way.
 */
async function countRemaining(tx: Tx, calendar: Calendar, walk: Walk, marking: Marking): Promise<number> {
  const concerning = sql`(select count(*) from appointments a where ${concerningAhead(calendar, walk, marking)})`;
  const counted = await sql<{ count: number }>`
    select greatest(${calendar.fillable && !walk.past ? concerning : sql`0`},
      (select count(*) from links l where l.connection_id = ${calendar.connectionId}
          and ${afterPlace(walk, sql`(l.starts_at, l.appointment_id)`)} and ${onWalk(walk)}))::int as count`.execute(
    tx,
  );
  return counted.rows[0]?.count ?? 0;
}

function afterPlace({ past, startsAt, appointmentId }: Walk, place: Fragment): Fragment {
  return sql`${place} ${past ? sql`<` : sql`>`} (${startsAt}::timestamptz, ${appointmentId}::bigint)`;
}

function onWalk({ past, since }: Walk): Fragment {
  return sql`l.starts_at ${past ? sql`<` : sql`>=`} ${since}::timestamptz`;
}

/** Appointments ahead of which the owner is to have an event, within their horizon. */
function concerningAhead({ userId: id, role }: Calendar, walk: Walk, marking: Marking): Fragment {
  const { now } = marking;
  const days = horizonDaysOf(role, marking);
  return sql`${afterPlace(walk, sql`(a.starts_at, a.id)`)} and ${concerns({ id, role })} and a.status <> 'cancelled'
    and a.ends_at >= ${now}::timestamptz - interval '1 day'
    and a.starts_at < ${now}::timestamptz + make_interval(days => ${days}::int)`;
}

/** Remembers how many events are written in one go, for the progress that people see. */
async function beginBackfill(tx: Tx, connectionId: number, total: number): Promise<void> {
  await sql`
    insert into backfills (connection_id, total) values (${connectionId}, ${total})
    on conflict (connection_id) do update set total = excluded.total`.execute(tx);
}
