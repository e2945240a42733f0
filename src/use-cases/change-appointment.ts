import { MINUTE, SECOND } from '../base/time.ts';
import type { Tx } from '../db/sql.ts';
import { BusinessError, forbidden, invalidField, notFound } from '../domain/errors.ts';
import { lockAppointment, updateAppointment, type AppointmentState } from '../store/appointment-changes.ts';
import { queueChangeMails, readersBefore } from '../store/mail-changes.ts';
import { markAppointments } from '../store/mark-links.ts';
import { endRequests } from '../store/reschedule-requests.ts';
import { teamWarnings } from './booking-warning.ts';
import { checkVersion } from './check-version.ts';
import type { Caller, UseCaseContext } from './context.ts';
import { markingNow } from './marking.ts';
import { LONGEST_MINUTES } from './create-order.ts';
import { checkZone, readTime, type PlacedTime } from './read-time.ts';
import { seeAppointment, type ChangedAppointment } from './see-appointments.ts';

/** People save several times while they shape an appointment: what they save within this time is one write. */
export const SETTLE_MS = 2 * SECOND;

/** What may be changed; absent fields stay, `null` empties. */
export interface AppointmentChange {
  /** An instant with offset, or a wall time. Alone it keeps the duration. */
  startsAt?: string | undefined;
  endsAt?: string | undefined;
  /** IANA zone of wall times given here; the appointment's own when absent. */
  timeZone?: string | undefined;
  notes?: string | null | undefined;
  internalNotes?: string | null | undefined;
  /** 0 is no window, as `null`. */
  arrivalWindowMinutes?: number | null | undefined;
  version?: number | null | undefined;
}

/**
 * Changes an appointment and marks the calendars concerned; what changes nothing marks nothing and keeps the version.
 * @throws BusinessError 403 for customers and staff; 404; 409 `version_conflict`, `appointment_closed` (its time can't
 *   be changed any more); 422 `time_does_not_exist`, `invalid_duration`, `unknown_time_zone`
 */
export async function changeAppointment(
  context: UseCaseContext,
  caller: Caller,
  id: number,
  change: AppointmentChange,
): Promise<ChangedAppointment> {
  assertManages(caller);
  return context.database.transaction(async (tx) => {
    const before = await lockAppointment(tx, caller, id);
    if (before === null) throw notFound('appointment');
    checkVersion(before.version, change.version);
    return changeLocked(context, tx, caller, before, change);
  });
}

/** As above, for an appointment whose lock the caller holds and whose version was checked. */
export async function changeLocked(
  context: UseCaseContext,
  tx: Tx,
  caller: Caller,
  before: AppointmentState,
  change: AppointmentChange,
): Promise<ChangedAppointment> {
  const { id } = before;
  const after = changed(context, before, change);
  const moved = isMoved(before, after);
  if (moved && before.status !== 'scheduled') throw appointmentClosed(before);
  if (moved || before.notes !== after.notes || before.internalNotes !== after.internalNotes) {
    const now = context.clock.now();
    const readers = moved ? await readersBefore(tx, [id]) : null;
    await updateAppointment(tx, after, { zoneVersion: moved ? context.zones.version : null, now });
    await markAppointments(tx, [id], { ...markingNow(context), settleMs: SETTLE_MS });
    await queueChangeMails(tx, readers, [id], now);
    if (isElsewhen(before, after)) await endRequests(tx, [id], now);
  }
  const seen = await seeAppointment(tx, caller, id);
  return { ...seen, warnings: moved ? await teamWarnings(tx, context, caller, [id]) : [] };
}

/** @throws BusinessError 403 */
export function assertManages(caller: Caller): void {
  if (caller.role === 'manager' || caller.role === 'admin') return;
  throw forbidden('Managers and administrators change appointments. Ask them, or cancel the order if it is yours.');
}

/** 409: it is over, one way or the other. */
export function appointmentClosed({ status }: Pick<AppointmentState, 'status'>): BusinessError {
  const what = status === 'no_show' ? 'marked as a no-show' : status;
  return new BusinessError(
    'conflict',
    'appointment_closed',
    `This appointment is ${what} and can't be changed so any more.`,
  );
}

function changed(context: UseCaseContext, before: AppointmentState, change: AppointmentChange): AppointmentState {
  const { notes, internalNotes, arrivalWindowMinutes: window } = change;
  return {
    ...before,
    ...changedTimes(context, before, change),
    notes: notes === undefined ? before.notes : notes || null,
    internalNotes: internalNotes === undefined ? before.internalNotes : internalNotes || null,
    arrivalWindowMinutes: window === undefined ? before.arrivalWindowMinutes : window || null,
  };
}

type Times = Pick<AppointmentState, 'startsWall' | 'startsAt' | 'endsWall' | 'endsAt'>;

/** Durations are those of the work, so they are kept as such: across a change of clocks the wall times shift. */
function changedTimes({ zones }: UseCaseContext, before: AppointmentState, change: AppointmentChange): Times | null {
  if (change.startsAt === undefined && change.endsAt === undefined) return null;
  const zone = change.timeZone ?? before.timeZone;
  checkZone(zones, zone);
  const read = (text: string | undefined, field: string, notBefore: Date | null): PlacedTime | null =>
    text === undefined ? null : readTime(zones, zone, text, field, notBefore);
  const startsAt = read(change.startsAt, 'starts_at', null)?.at ?? before.startsAt;
  const durationMs = before.endsAt.getTime() - before.startsAt.getTime();
  const kept = change.endsAt === undefined ? new Date(startsAt.getTime() + durationMs) : before.endsAt;
  const endsAt = read(change.endsAt, 'ends_at', startsAt)?.at ?? kept;
  assertDuration(startsAt, endsAt);
  const wall = (at: Date): string => zones.toWall(before.timeZone, at);
  return { startsAt, endsAt, startsWall: wall(startsAt), endsWall: wall(endsAt) };
}

function assertDuration(startsAt: Date, endsAt: Date): void {
  const minutes = (endsAt.getTime() - startsAt.getTime()) / MINUTE;
  if (minutes > 0 && minutes <= LONGEST_MINUTES) return;
  throw invalidField('invalid_duration', 'ends_at', 'Let it end after its start, and at most a week later.');
}

function isElsewhen(before: AppointmentState, after: AppointmentState): boolean {
  return before.startsAt.getTime() !== after.startsAt.getTime() || before.endsAt.getTime() !== after.endsAt.getTime();
}

function isMoved(before: AppointmentState, after: AppointmentState): boolean {
  return isElsewhen(before, after) || before.arrivalWindowMinutes !== after.arrivalWindowMinutes;
}
