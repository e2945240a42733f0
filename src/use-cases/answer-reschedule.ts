import type { Tx } from '../db/sql.ts';
import { BusinessError, malformedField, notFound } from '../domain/errors.ts';
import type { RescheduleRequest } from '../domain/appointment.ts';
import { lockAppointment, type AppointmentState } from '../store/appointment-changes.ts';
import { announceChanges } from '../store/changes.ts';
import { closeRequest, openRequestOf, queueAnswerMail } from '../store/reschedule-requests.ts';
import { appointmentClosed, assertManages, changeLocked } from './change-appointment.ts';
import { checkVersion } from './check-version.ts';
import type { Caller, UseCaseContext } from './context.ts';
import { instantText } from './read-time.ts';
import { placeAgain } from './recurrence.ts';
import { seeAppointment, type ChangedAppointment, type SeenAppointment } from './see-appointments.ts';

/**
 * Accepts one of the times that the customer proposes: the appointment moves there as by any other change, and the
 * customer gets a mail. `number` counts from 1.
 * @throws BusinessError 403 for customers and staff; 404; 409 `version_conflict`, `request_closed` (withdrawn, answered or
 *   ended meanwhile), `appointment_closed`; 422 `invalid_request`
 */
export async function acceptReschedule(
  context: UseCaseContext,
  caller: Caller,
  id: number,
  answer: { requestId: number; number: number; version?: number | null | undefined },
): Promise<ChangedAppointment> {
  assertManages(caller);
  return context.database.transaction(async (tx) => {
    const { appointment, request } = await lockAsked(tx, caller, id, answer.requestId);
    checkVersion(appointment.version, answer.version);
    if (appointment.status !== 'scheduled') throw appointmentClosed(appointment);
    const proposal = request.proposals[answer.number - 1];
    if (proposal === undefined) {
      const maximum = request.proposals.length;
      throw malformedField('not_in_range', 'number', `Give the number of a proposal, 1 to ${maximum}.`, {
        minimum: 1,
        maximum,
      });
    }
    const now = context.clock.now();
    // Before the move, which ends whatever is still open.
    const how = { state: 'accepted' as const, accepted: answer.number, answeredBy: caller.id };
    await closeRequest(tx, request.id, how, now);
    const { startsWall, startsAt } = placeAgain(context.zones, appointment.timeZone, proposal.wall, proposal.at);
    const change = { startsAt: instantText({ wall: startsWall, at: startsAt }) };
    const changed = await changeLocked(context, tx, caller, appointment, change);
    await queueAnswerMail(tx, request.id, now);
    await announceChanges(tx, { appointments: [id] });
    return changed;
  });
}

/**
 * Declines what the customer asks for: the appointment stays as it is, and the customer gets a mail with the reason.
 * @throws BusinessError 403 for customers and staff; 404; 409 `request_closed`
 */
export async function declineReschedule(
  context: UseCaseContext,
  caller: Caller,
  id: number,
  answer: { requestId: number; reason: string },
): Promise<SeenAppointment> {
  assertManages(caller);
  return context.database.transaction(async (tx) => {
    const { request } = await lockAsked(tx, caller, id, answer.requestId);
    const now = context.clock.now();
    const how = { state: 'declined' as const, reason: answer.reason, answeredBy: caller.id };
    await closeRequest(tx, request.id, how, now);
    await queueAnswerMail(tx, request.id, now);
    await announceChanges(tx, { appointments: [id] });
    return seeAppointment(tx, caller, id);
  });
}

/** 409: what was asked for is not open, or no longer. */
export function requestClosed(): BusinessError {
  return new BusinessError(
    'conflict',
    'request_closed',
    'There is no such request to answer any more. Read the appointment again.',
  );
}

async function lockAsked(
  tx: Tx,
  caller: Caller,
  id: number,
  requestId: number,
): Promise<{ appointment: AppointmentState; request: RescheduleRequest }> {
  const appointment = await lockAppointment(tx, caller, id);
  if (appointment === null) throw notFound('appointment');
  const request = await openRequestOf(tx, id);
  if (request === null || request.id !== requestId) throw requestClosed();
  return { appointment, request };
}
