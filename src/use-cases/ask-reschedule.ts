import type { Tx } from '../db/sql.ts';
import { BusinessError, forbidden, invalidField, malformedField, notFound } from '../domain/errors.ts';
import { MOST_PROPOSALS, type Proposal } from '../domain/appointment.ts';
import { lockAppointment, type AppointmentState } from '../store/appointment-changes.ts';
import { loadAppointments } from '../store/appointments.ts';
import { announceChanges } from '../store/changes.ts';
import { queueRequestMails } from '../store/mail-requests.ts';
import { closeRequest, insertRequest, openRequestOf } from '../store/reschedule-requests.ts';
import { appointmentClosed } from './change-appointment.ts';
import type { Caller, UseCaseContext } from './context.ts';
import { checkZone, readTime } from './read-time.ts';
import { requestClosed } from './answer-reschedule.ts';
import { seeAppointment, type SeenAppointment } from './see-appointments.ts';

/** Other starts, in the order of preference; the length stays. */
export interface RescheduleWish {
  /** Instants with offset, or wall times. */
  proposals: readonly string[];
  /** IANA zone of wall times given here; the appointment's own when absent. */
  timeZone?: string | undefined;
  note: string | null;
}

/**
 * The customer asks for another time, and those who plan get a mail. Nothing moves until a manager or an administrator
 * accepts one of the proposals.
 * @throws BusinessError 403 for everybody else; 404; 409 `appointment_closed`, `request_open` (another one waits for an
 *   answer); 422 `time_does_not_exist`, `in_the_past`, `unknown_time_zone`, `invalid_request`
 */
export async function askReschedule(
  context: UseCaseContext,
  caller: Caller,
  id: number,
  wish: RescheduleWish,
): Promise<SeenAppointment> {
  return context.database.transaction(async (tx) => {
    const now = context.clock.now();
    const appointment = await lockOwn(tx, caller, id);
    if (appointment.status !== 'scheduled') throw appointmentClosed(appointment);
    if (appointment.startsAt <= now) throw tooLate();
    const proposals = readProposals(context, appointment, wish, now);
    if ((await openRequestOf(tx, id)) !== null) throw requestOpen();
    const requestId = await insertRequest(tx, { appointmentId: id, proposals, note: wish.note || null }, now);
    await queueRequestMails(tx, requestId, now);
    await announceChanges(tx, { appointments: [id] });
    return seeAppointment(tx, caller, id);
  });
}

/** The customer no longer wants another time. @throws BusinessError 403 for everybody else; 404; 409 `request_closed` */
export async function withdrawReschedule(
  context: UseCaseContext,
  caller: Caller,
  id: number,
): Promise<SeenAppointment> {
  return context.database.transaction(async (tx) => {
    await lockOwn(tx, caller, id);
    const request = await openRequestOf(tx, id);
    if (request === null) throw requestClosed();
    await closeRequest(tx, request.id, { state: 'withdrawn' }, context.clock.now());
    await announceChanges(tx, { appointments: [id] });
    return seeAppointment(tx, caller, id);
  });
}

/** Those who plan move appointments themselves, and staff ask those; also a staff member may have ordered for their home. */
async function lockOwn(tx: Tx, caller: Caller, id: number): Promise<AppointmentState> {
  const appointment = await lockAppointment(tx, caller, id);
  const [known] = appointment === null ? [] : await loadAppointments(tx, [id]);
  if (appointment === null || known === undefined) throw notFound('appointment');
  if (known.customer.id !== caller.id) throw forbidden('Only the customer asks for another time.');
  return appointment;
}

function readProposals(
  { zones }: UseCaseContext,
  appointment: AppointmentState,
  { proposals: texts, timeZone = appointment.timeZone }: RescheduleWish,
  now: Date,
): Proposal[] {
  checkZone(zones, timeZone);
  if (texts.length < 1 || texts.length > MOST_PROPOSALS) {
    throw malformedField('too_many', 'proposals', `Give one to ${MOST_PROPOSALS} times.`, { maximum: MOST_PROPOSALS });
  }
  const taken = new Set([appointment.startsAt.getTime()]);
  return texts.map((text, position) => {
    const field = `proposals.${position}`;
    const { at } = readTime(zones, timeZone, text, field);
    if (at <= now) throw invalidField('in_the_past', field, 'This time has passed. Choose a later one.');
    if (taken.has(at.getTime())) {
      throw malformedField('time_repeated', field, 'Give each time once, and another than that of the appointment.');
    }
    taken.add(at.getTime());
    return { wall: zones.toWall(appointment.timeZone, at), at };
  });
}

function requestOpen(): BusinessError {
  return new BusinessError(
    'conflict',
    'request_open',
    'You have asked for another time already. Withdraw that first, or wait for the answer.',
  );
}

function tooLate(): BusinessError {
  return new BusinessError('invalid', 'in_the_past', 'This appointment has begun. Call us instead.');
}
