import {
  absentDaysSchema,
  appointmentSchema,
  type AbsentDaysJson,
  type AppointmentJson,
  type ReportAbsentDaysRequest,
} from '../../../../../src/api-contract/appointments.ts';
import { ask } from '../../../lib/api.ts';

/** `note`: why, for those who plan. */
export function reportAbsence(id: number, note: string | null): Promise<AppointmentJson> {
  return ask(appointmentSchema, 'POST', `/api/appointments/${id}/cannot-come/`, { body: { note } });
}

export function takeBackAbsence(id: number): Promise<AppointmentJson> {
  return ask(appointmentSchema, 'POST', `/api/appointments/${id}/can-come/`);
}

/** Of all own visits of these days. */
export function reportAbsentDays(days: ReportAbsentDaysRequest): Promise<AbsentDaysJson> {
  return ask(absentDaysSchema, 'POST', '/api/appointments/cannot-come/', { body: days });
}
