import {
  appointmentSchema,
  changedAppointmentSchema,
  type AcceptRescheduleRequest,
  type AppointmentJson,
  type AskRescheduleRequest,
  type ChangedAppointmentJson,
  type DeclineRescheduleRequest,
} from '../../../../../src/api-contract/appointments.ts';
import { ask } from '../../../lib/api.ts';

function pathOf(id: number, rest = ''): string {
  return `/api/appointments/${id}/reschedule-request/${rest}`;
}

/** The customer asks for another time. `key` makes pressing twice one request. */
export function askReschedule(id: number, wish: AskRescheduleRequest, key: string): Promise<AppointmentJson> {
  return ask(appointmentSchema, 'POST', pathOf(id), { body: wish, headers: { 'idempotency-key': key } });
}

export function withdrawReschedule(id: number): Promise<AppointmentJson> {
  return ask(appointmentSchema, 'DELETE', pathOf(id));
}

/** @throws {Problem} `version_conflict`, or `request_closed` when somebody was quicker. */
export function acceptReschedule(id: number, answer: AcceptRescheduleRequest): Promise<ChangedAppointmentJson> {
  return ask(changedAppointmentSchema, 'POST', pathOf(id, 'accept/'), { body: answer });
}

export function declineReschedule(id: number, answer: DeclineRescheduleRequest): Promise<AppointmentJson> {
  return ask(appointmentSchema, 'POST', pathOf(id, 'decline/'), { body: answer });
}
