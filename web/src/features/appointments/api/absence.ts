import { appointmentSchema, type AppointmentJson } from '../../../../../src/api-contract/appointments.ts';
import { ask } from '../../../lib/api.ts';

/** `note`: why, for those who plan. */
export function reportAbsence(id: number, note: string | null): Promise<AppointmentJson> {
  return ask(appointmentSchema, 'POST', `/api/appointments/${id}/cannot-come/`, { body: { note } });
}

export function takeBackAbsence(id: number): Promise<AppointmentJson> {
  return ask(appointmentSchema, 'POST', `/api/appointments/${id}/can-come/`);
}
