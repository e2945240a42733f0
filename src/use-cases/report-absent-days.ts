import { DAY } from '../base/time.ts';
import { invalidField } from '../domain/errors.ts';
import { lockOwnVisits, setAbsence } from '../store/appointment-changes.ts';
import { announceChanges } from '../store/changes.ts';
import { queueAbsenceMails } from '../store/mail-absences.ts';
import { zoneOf } from '../store/people.ts';
import type { Caller, UseCaseContext } from './context.ts';
import { readEdge } from './read-time.ts';
import { seeAppointments, type SeenAppointment } from './see-appointments.ts';

/** Longer absences are no matter of single visits: the office plans the person anew. */
const MOST_DAYS = 31;

/** Days of the caller's own zone, `YYYY-MM-DD`; both belong to it. */
export interface AbsentDays {
  /** Today when left out. */
  from?: string | undefined;
  /** As `from` when left out. */
  until?: string | undefined;
  note: string | null;
}

/**
 * The caller can't come to any of their visits of these days, as far as those are not over: as `reportAbsence`, in one act
 * and with one mail. What they said of a visit before stays.
 * @returns all scheduled visits of these days, soonest first
 * @throws BusinessError 422 `in_the_past`, `invalid_request`
 */
export async function reportAbsentDays(
  context: UseCaseContext,
  caller: Caller,
  days: AbsentDays,
): Promise<SeenAppointment[]> {
  const now = context.clock.now();
  const span = await readSpan(context, caller, days, now);
  return context.database.transaction(async (tx) => {
    const visits = await lockOwnVisits(tx, caller.id, span);
    const appointmentIds = visits.filter(({ absent }) => !absent).map(({ id }) => id);
    await setAbsence(tx, { appointmentIds, userId: caller.id, note: days.note || null }, now);
    await announceChanges(tx, { appointments: appointmentIds });
    await queueAbsenceMails(tx, { userId: caller.id, appointmentIds, wasAbsent: false }, now);
    return seeAppointments(
      tx,
      caller,
      visits.map(({ id }) => id),
    );
  });
}

async function readSpan(
  { database, zones }: UseCaseContext,
  caller: Caller,
  days: AbsentDays,
  now: Date,
): Promise<{ from: Date; to: Date }> {
  const zone = await zoneOf(database.db, caller.id);
  const today = zones.toWall(zone, now).slice(0, 10);
  const from = days.from ?? today;
  const until = days.until ?? from;
  if (until < today) throw invalidField('in_the_past', 'until', 'Give today or a day to come.');
  const count = (Date.parse(until) - Date.parse(from)) / DAY + 1;
  if (count < 1) throw invalidField('invalid_request', 'until', 'Give the day of `from` or a later one.');
  if (count > MOST_DAYS) throw invalidField('invalid_request', 'until', `Give ${MOST_DAYS} days at most.`);
  const start = readEdge(zones, zone, `${from}T00:00:00`, 'from');
  const after = new Date(Date.parse(until) + DAY).toISOString().slice(0, 10);
  // What is over can't be helped.
  return { from: start > now ? start : now, to: readEdge(zones, zone, `${after}T00:00:00`, 'until') };
}
