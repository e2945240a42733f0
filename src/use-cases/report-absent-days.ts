import { DAY } from '../base/time.ts';
import type { Tx } from '../db/sql.ts';
import { withDays, withoutDays, type DaySpan } from '../domain/absent-days.ts';
import { invalidField } from '../domain/errors.ts';
import { lockAbsentDays, replaceAbsentDays } from '../store/absences.ts';
import { clearAbsence, lockOwnVisits, setAbsence, type OwnVisit } from '../store/appointment-changes.ts';
import { announceChanges } from '../store/changes.ts';
import { queueAbsenceMails } from '../store/mail-absences.ts';
import { zoneOf } from '../store/people.ts';
import { spanOfDays } from './absent-span.ts';
import type { Caller, UseCaseContext } from './context.ts';
import { seeAppointments, type SeenAppointment } from './see-appointments.ts';

/** Longer absences are no matter of single visits: the office plans the person anew. */
const MOST_DAYS = 31;

/** Days of the caller's own zone, `YYYY-MM-DD`; both belong to it. */
export interface AbsentDays {
  /** Today when left out. */
  from?: string | undefined;
  /** As `from` when left out. */
  until?: string | undefined;
}

/**
 * The caller can't come on these days. That is kept, so that those who plan know it whatever is planned later; of their
 * visits of these days, as far as those are not over, it is said as by `reportAbsence`, in one act and with one mail. What
 * they said of a visit before stays.
 * @returns all scheduled visits of these days, soonest first
 * @throws BusinessError 422 `in_the_past`, `invalid_request`
 */
export async function reportAbsentDays(
  context: UseCaseContext,
  caller: Caller,
  days: AbsentDays & { note: string | null },
): Promise<SeenAppointment[]> {
  const now = context.clock.now();
  const note = days.note || null;
  const read = await readDays(context, caller, days, now);
  if (read.count > MOST_DAYS) throw invalidField('invalid_request', 'until', `Give ${MOST_DAYS} days at most.`);
  return context.database.transaction(async (tx) => {
    const before = await lockAbsentDays(tx, caller.id);
    const visits = await lockOwnVisits(tx, caller.id, read.span);
    const appointmentIds = visits.filter(({ absent }) => !absent).map(({ id }) => id);
    await setAbsence(tx, { appointmentIds, userId: caller.id, note }, now);
    await replaceAbsentDays(tx, caller.id, withDays(before, { ...read.days, note, since: now }));
    await announceChanges(tx, { appointments: appointmentIds, absences: [caller.id] });
    await queueAbsenceMails(tx, { userId: caller.id, appointmentIds, wasAbsent: false }, now);
    return seeVisits(tx, caller, visits);
  });
}

/**
 * The caller can come on these days after all, also to those of their visits of which they said otherwise, one by one or
 * for whole days.
 * @returns all scheduled visits of these days that are not over, soonest first
 * @throws BusinessError 422 `in_the_past`, `invalid_request`
 */
export async function takeBackAbsentDays(
  context: UseCaseContext,
  caller: Caller,
  days: AbsentDays,
): Promise<SeenAppointment[]> {
  const now = context.clock.now();
  const read = await readDays(context, caller, days, now);
  return context.database.transaction(async (tx) => {
    const before = await lockAbsentDays(tx, caller.id);
    const visits = await lockOwnVisits(tx, caller.id, read.span);
    const appointmentIds = visits.filter(({ absent }) => absent).map(({ id }) => id);
    await clearAbsence(tx, appointmentIds, caller.id);
    await replaceAbsentDays(tx, caller.id, withoutDays(before, read.days));
    await announceChanges(tx, { appointments: appointmentIds, absences: [caller.id] });
    await queueAbsenceMails(tx, { userId: caller.id, appointmentIds, wasAbsent: true }, now);
    return seeVisits(tx, caller, visits);
  });
}

function seeVisits(tx: Tx, caller: Caller, visits: readonly OwnVisit[]): Promise<SeenAppointment[]> {
  return seeAppointments(
    tx,
    caller,
    visits.map(({ id }) => id),
  );
}

async function readDays(
  { database, zones }: UseCaseContext,
  caller: Caller,
  days: AbsentDays,
  now: Date,
): Promise<{ days: DaySpan; count: number; span: { from: Date; to: Date } }> {
  const zone = await zoneOf(database.db, caller.id);
  const today = zones.toWall(zone, now).slice(0, 10);
  const from = days.from ?? today;
  const until = days.until ?? from;
  if (until < today) throw invalidField('in_the_past', 'until', 'Give today or a day to come.');
  const count = (Date.parse(until) - Date.parse(from)) / DAY + 1;
  if (count < 1) throw invalidField('invalid_request', 'until', 'Give the day of `from` or a later one.');
  const read = { firstDay: from, lastDay: until };
  const span = spanOfDays(zones, zone, read);
  // What is over can't be helped.
  return { days: read, count, span: { ...span, from: span.from > now ? span.from : now } };
}
