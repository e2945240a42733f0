import { queryOptions } from '@tanstack/react-query';
import { appointmentSchema, type AppointmentJson } from '../../../../../src/api-contract/appointments.ts';
import { ask } from '../../../lib/api.ts';

export function getAppointment(id: number, signal?: AbortSignal): Promise<AppointmentJson> {
  return ask(appointmentSchema, 'GET', `/api/appointments/${id}/`, { signal });
}

export function appointmentQuery(id: number) {
  return queryOptions({
    queryKey: ['appointments', 'one', id],
    queryFn: ({ signal }) => getAppointment(id, signal),
  });
}
