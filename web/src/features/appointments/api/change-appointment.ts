import {
  changedAppointmentSchema,
  type AssignStaffRequest,
  type ChangeAppointmentRequest,
  type ChangedAppointmentJson,
} from '../../../../../src/api-contract/appointments.ts';
import { ask } from '../../../lib/api.ts';

/** Time, notes or arrival window. @throws {Problem} `version_conflict` when somebody was quicker. */
export function changeAppointment(id: number, change: ChangeAppointmentRequest): Promise<ChangedAppointmentJson> {
  return ask(changedAppointmentSchema, 'PATCH', `/api/appointments/${id}/`, { body: change });
}

/** Replaces the team. Overlaps come back as warnings. */
export function assignStaff(id: number, request: AssignStaffRequest): Promise<ChangedAppointmentJson> {
  return ask(changedAppointmentSchema, 'POST', `/api/appointments/${id}/assign/`, { body: request });
}

export type Closing = 'cancel' | 'complete' | 'no-show';

export function closeAppointment(id: number, how: Closing, version: number): Promise<ChangedAppointmentJson> {
  return ask(changedAppointmentSchema, 'POST', `/api/appointments/${id}/${how}/`, { body: { version } });
}
